-- SPDX-License-Identifier: Apache-2.0
-- SPDX-FileCopyrightText: ai-check contributors

print(pcall(error, "message"))
print(pcall(error, { code = 7 }) == false, select(2, pcall(error, { code = 7 })).code)
print(pcall(function() local t = {}; t.x.y = 1 end))
print(pcall(function() return 1 + {} end))
print(pcall(function() return #5 end))
print(pcall(function() return {} < {} end))
print(pcall(string.rep))
print(pcall(string.rep, "x", -1))
print(select(2, xpcall(function() error("deep", 2) end, function(m) return "handled: " .. m end)))
local function nested(n) if n == 0 then error("bottom") end local ok, m = pcall(nested, n - 1); error(m .. n, 0) end
print(pcall(nested, 5))
local ok, message = pcall(function() local function f() return f() + 1 end return f() end)
print(ok, message:match("stack overflow"))
print(pcall(function() for i = 1, 10, 0 do end end))
local closed = {}
do
  local x <close> = setmetatable({}, { __close = function() closed[#closed + 1] = "x" end })
  local y <close> = setmetatable({}, { __close = function() closed[#closed + 1] = "y" end })
end
print(table.concat(closed, ","))
local t = setmetatable({}, { __gc = function() end })
t = nil
collectgarbage()
print(collectgarbage("count") > 0, assert(1, "unused"), pcall(assert, false, "asserted"), pcall(assert, nil))
print(type(debug.traceback("trace")), os.time { year = 2000, month = 1, day = 1, hour = 12 } ~= nil)
