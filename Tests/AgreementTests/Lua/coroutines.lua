-- SPDX-License-Identifier: Apache-2.0
-- SPDX-FileCopyrightText: ai-check contributors

local function generate(n) return coroutine.wrap(function() for i = 1, n do coroutine.yield(i, i * i) end end) end
for i, square in generate(5) do io.write(i, ":", square, " ") end
print()
local co = coroutine.create(function(a, b)
  print("start", a, b)
  local c = coroutine.yield(a + b)
  print("again", c)
  local d, e = coroutine.yield(c * 2)
  print("last", d, e)
  return "done", d + e
end)
print(coroutine.resume(co, 1, 2))
print(coroutine.status(co))
print(coroutine.resume(co, 10))
print(coroutine.resume(co, 3, 4))
print(coroutine.status(co), coroutine.resume(co))
local failing = coroutine.create(function() local x = nil; return x.field end)
print(coroutine.resume(failing))
local function producer() return coroutine.create(function() for _, v in ipairs { "a", "b", "c" } do coroutine.yield(v) end end) end
local function filter(source)
  return coroutine.create(function()
    while true do
      local ok, v = coroutine.resume(source)
      if not ok or not v then return end
      coroutine.yield(v:upper())
    end
  end)
end
local f = filter(producer())
while true do
  local _, v = coroutine.resume(f)
  if not v then break end
  io.write(v, " ")
end
print(coroutine.isyieldable(), select(2, coroutine.running()))
