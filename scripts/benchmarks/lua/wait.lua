-- A wait that is answered at once on the same thread. Gives ns per wait.
local wait, n = wait, 300000
local start = cpu()
for i = 1, n do wait(i) end
return (cpu() - start) / n
