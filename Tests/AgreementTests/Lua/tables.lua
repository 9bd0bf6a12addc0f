-- SPDX-License-Identifier: Apache-2.0
-- SPDX-FileCopyrightText: ai-check contributors

local t = { 5, 2, 8, 1, 9, 3 }
table.sort(t)
print(table.concat(t, " "))
table.sort(t, function(a, b) return a > b end)
print(table.concat(t, " "), #t, table.unpack(t, 2, 4))
table.insert(t, 1, 100)
table.insert(t, 7)
print(table.remove(t), table.remove(t, 1), table.concat(t, ","))
print(table.concat(table.move({ 1, 2, 3 }, 1, 3, 2), " "))
local many = {}
for i = 1, 3000 do many[i] = (i * 7919) % 3001 end
table.sort(many)
local ordered = true
for i = 2, #many do ordered = ordered and many[i - 1] <= many[i] end
print(ordered, many[1], many[#many])
local words = {}
for i = 1, 300 do words["key" .. i] = i end
for i = 1, 300, 3 do words["key" .. i] = nil end
local count, sum = 0, 0
for _, v in pairs(words) do count = count + 1; sum = sum + v end
print(count, sum, next({}), rawlen({ 1, 2 }), rawequal(t, t))
local matrix = {}
for i = 1, 20 do
  matrix[i] = {}
  for j = 1, 20 do matrix[i][j] = i * j end
end
local trace = 0
for i = 1, 20 do trace = trace + matrix[i][i] end
print(trace)
local queue = { first = 1, last = 0 }
for i = 1, 100 do queue.last = queue.last + 1; queue[queue.last] = i end
local total = 0
while queue.first <= queue.last do total = total + queue[queue.first]; queue[queue.first] = nil; queue.first = queue.first + 1 end
print(total, #queue)
local weak = setmetatable({}, { __mode = "k" })
weak[{}] = 1
collectgarbage()
print(next(weak))
local sparse = {}
sparse[1000000] = 1
sparse[-5] = 2
sparse[1.5] = 3
sparse[2 ^ 53] = 4
print(sparse[1000000], sparse[-5], sparse[1.5], sparse[2 ^ 53], #sparse)
