-- A wait that another thread answers. Gives the median and the 99th percentile, in ns.
local hop, now, taken, n = hop, now, {}, 5000
for i = 1, n do
  local start = now()
  hop(i)
  taken[i] = now() - start
end
table.sort(taken)
return taken[n // 2], taken[n * 99 // 100]
