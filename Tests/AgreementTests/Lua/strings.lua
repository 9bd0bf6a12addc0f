-- SPDX-License-Identifier: Apache-2.0
-- SPDX-FileCopyrightText: ai-check contributors

print(("hello world"):find("o w"), ("hello"):sub(-3), ("x"):rep(5, ","), ("abc"):reverse(), ("MiXed"):lower())
print(("key = value"):match("^(%w+)%s*=%s*(%w+)$"))
for w in ("one two  three"):gmatch("%S+") do io.write("[", w, "]") end
print()
print(("hello world"):gsub("o", "0"), ("abc"):gsub("%w", { a = "1", b = false }), ("abc"):gsub("", "-"))
print(("hello"):gsub("l+", function(s) return #s end), ("x = 1, y = 2"):gsub("(%w+) = (%w+)", "%2 = %1"))
print(("%d items at %5.1f%%"):format(3, 99.5), ("%10s|%-10s|"):format("right", "left"), ("%c%c"):format(72, 105))
print(("f(a(b)c)d"):match("%b()"), ("THE (quick) fox"):find("%((%a+)%)"), ("frontier THE END"):gsub("%f[%a]%a+", "w"))
print(#"\u{48}\65\x41\z
  end", "tab\tnew\\n", 'single \'quoted\'', [[long
string]])
print(string.byte("ABC", 1, -1), string.char(76, 117, 97), ("a,b,,c"):find(",", 1, true))
print(utf8.char(228, 8364, 128512), utf8.len("äöü"), #utf8.char(8364))
for p, c in utf8.codes("aé€") do io.write(p, "=", c, " ") end
print()
print(string.pack("<i4", 100):byte(1, -1), string.unpack("<i4", "\1\2\0\0"))
print(tostring(nil), tostring(true), tostring(12), tostring(1.5), tostring(1e100), 2 ^ 63, -0.0)
local parts = {}
for i = 1, 50 do parts[#parts + 1] = i .. "" end
print(table.concat(parts, ";"))
print(("%q"):format(1 / 3), ("%a"):format(1), ("%i"):format(-5), "a" < "b", "a" < "B", "" < "a")
