-- More than the limit, by growth and by single results.
local function fill(size)
  local t = {}
  for i = 1, 1e6 do t[i] = ("x"):rep(size) .. i end
end
print(pcall(string.rep, "x", 1e10))
fill(1000)
