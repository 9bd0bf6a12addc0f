-- SPDX-License-Identifier: Apache-2.0
-- SPDX-FileCopyrightText: ai-check contributors

print(...)
for i = -3, 3 do
  if i ~= 0 then print(7 // i, 7 % i, -7 // i, 7 / i, 7.5 // i, 7.5 % i) end
end
print(1 << 62, 1 << 63, 1 << 64, -1 >> 1, ~0, 5 & 3, 5 | 3, 5 ~ 3)
print(math.maxinteger + 1 == math.mininteger, math.maxinteger * 2)
print(2 ^ 0.5, 10 // 0.3, 1e308 * 10, -(0 / 0) ~= -(0 / 0), 3 | 0)
print(string.format("%5.2f|%-8d|%x|%g|%q|%s", 3.14159, 42, 255, 1e20, "a\nb", {} ~= nil))
print(math.type(1), math.type(1.0), math.tointeger(3.0), math.floor(-3.5), math.ceil(-3.5))
print(tonumber("0x10"), tonumber("1e2"), tonumber("z", 36), tonumber("8", 8))
local sum = 0
for i = 1, 2000 do sum = (sum * 31 + i) % 1000003 end
print(sum, math.sin(1), math.exp(1), math.log(10), math.sqrt(2), math.fmod(-7, 3))
local a, b = 0, 1
for _ = 1, 90 do a, b = b, a + b end
print(a, a % 2 ^ 53)
