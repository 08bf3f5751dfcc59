-- Patterns at their limits, and iterators called again after an error.
print(pcall(string.find, ("a"):rep(300000), ("a?"):rep(250000) .. "b"))
local next = (("a"):rep(300)):gmatch(("a?"):rep(250) .. "b")
for i = 1, 3 do print(pcall(next)) end
print((("a"):rep(4e6)):find(("a"):rep(2e6) .. "b", 1, true))
print(pcall(string.rep, "x", 1 << 40))
print(pcall(string.gsub, "abc", "%w", "%9"))
print(("x\0y"):find("%z"), ("[[]]"):match("%b[]"), ("THE (quick) fox"):find("%((%a+)%)"))
