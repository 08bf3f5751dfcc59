-- A synchronous host call: two integers in, one out. Gives ns per call.
local add, n = add, 1000000
local start = cpu()
for i = 1, n do add(i, i) end
return (cpu() - start) / n
