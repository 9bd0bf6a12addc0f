-- SPDX-License-Identifier: Apache-2.0
-- SPDX-FileCopyrightText: ai-check contributors

local function counter()
  local n = 0
  return function() n = n + 1; return n end, function() return n end
end
local up, get = counter()
for _ = 1, 5 do up() end
print(get())
local list = {}
for i = 1, 5 do list[i] = function(x) i = i + x; return i end end
print(list[1](10), list[1](10), list[2](1), list[5](0))
local function fib(n) if n < 2 then return n end return fib(n - 1) + fib(n - 2) end
print(fib(17))
local function count(n, total) if n == 0 then return total end return count(n - 1, total + n) end
print(count(5000, 0))
print(select("#", nil, nil), select(2, "a", "b", "c"))
local function vararg(...) local t = table.pack(...); return t.n, ... end
print(vararg(1, nil, 3))
local mt = { __index = function(_, k) return k .. "!" end, __call = function(_, x) return x * 2 end,
  __add = function(l, r) return "sum" end, __len = function() return 99 end, __eq = function() return true end,
  __lt = function() return true end, __concat = function() return "joined" end, __tostring = function() return "me" end }
local o = setmetatable({}, mt)
print(o.key, o(21), o + 1, #o, o == setmetatable({}, mt), o < o, o .. "x", tostring(o))
goto done
print("never")
::done::
print(load("return 1 + 1")(), pcall(load, "return +"))
