extension LuatosLibrary {
    /// `sys`. What is started before `sys.run` starts with it; everything runs in one scope.
    static let sysSource = #"""
        local _, _, vm = ...
        local modem, task, time, log = modem, task, time, log
        local type, pairs, ipairs, pcall, error, setmetatable = type, pairs, ipairs, pcall, error, setmetatable
        local rawset, rawget, tostring, math_type = rawset, rawget, tostring, math.type
        local pack, unpack, remove = table.pack, table.unpack, table.remove

        local function bad(position, name, problem)
            error(vm.failure { kind = "argument", message =
                "bad argument #" .. position .. " to '" .. name .. "' (" .. problem .. ")" }, 0)
        end

        local function want(value, expected, position, name)
            local got = type(value)
            if got ~= expected then bad(position, name, expected .. " expected, got " .. got) end
        end

        local longest = 2147483647

        -- A span as time.sleep takes it, whatever its length.
        local function span(value, position, name)
            if math_type(value) == nil then bad(position, name, "number expected, got " .. type(value)) end
            if value < 0 or value > longest then bad(position, name, tostring(value) .. " is not in 0…" .. longest) end
            return ("%dms"):format(value // 1)
        end

        local scope                         -- while sys.run runs
        local starting = {}                 -- what starts with it
        local alive = 0                     -- what something may still come from: tasks, timers, open clients

        local function outside(name)
            error(vm.failure { kind = "error", message = name .. " works in a task: sys.taskInit, then sys.run" }, 0)
        end

        -- Something that is waited for and waked, once or many times.
        local function new_signal()
            local signal = { is_set = false }
            function signal.wait(seconds)
                if not signal.is_set then
                    signal.token = scope:spawn(function() time.sleep(seconds) end)
                    signal.token:try_join()
                    signal.token = nil
                end
                local was = signal.is_set
                signal.is_set = false
                return was
            end
            function signal.wake()
                signal.is_set = true
                if signal.token then signal.token:cancel() end
            end
            return signal
        end

        local news = new_signal()           -- for sys.run itself

        local function start(body)
            if scope then return scope:spawn(body) end
            starting[#starting + 1] = body
        end

        local function ended()
            alive = alive - 1
            news.wake()
        end

        local sys = {}

        function sys.wait(ms)
            time.sleep(span(ms, 1, "wait"))
        end

        function sys.taskInit(fn, ...)
            want(fn, "function", 1, "taskInit")
            local arguments = pack(...)
            alive = alive + 1
            start(function()
                fn(unpack(arguments, 1, arguments.n))
                ended()
            end)
            return true
        end

        -- ---- messages ----

        local messages, subscribers, waiters = {}, {}, {}
        local network                       -- the address, once the module is registered

        function sys.publish(topic, ...)
            if topic == nil then bad(1, "publish", "a topic expected, got nil") end
            messages[#messages + 1] = pack(topic, ...)
            news.wake()
            return true
        end

        -- A topic, or a table of topics, each once.
        local function each(topic, fn, name, body)
            if topic == nil then bad(1, name, "a topic expected, got nil") end
            want(fn, "function", 2, name)
            for _, one in pairs(type(topic) == "table" and topic or { topic }) do
                subscribers[one] = subscribers[one] or {}
                local list = subscribers[one]
                for i = #list, 1, -1 do if list[i] == fn then remove(list, i) end end
                body(list)
            end
        end

        function sys.subscribe(topic, fn)
            each(topic, fn, "subscribe", function(list) list[#list + 1] = fn end)
            return true
        end

        function sys.unsubscribe(topic, fn)
            each(topic, fn, "unsubscribe", function() end)
        end

        function sys.waitUntil(topic, ms)
            if topic == nil then bad(1, "waitUntil", "a topic expected, got nil") end
            local limit = ms ~= nil and span(ms, 2, "waitUntil") or "24h"
            if not scope then outside("sys.waitUntil") end
            -- A module that boots says so seconds later; here it is registered before the script begins.
            if topic == "IP_READY" and network then return true, network end
            local waiter = { signal = new_signal() }
            waiters[topic] = waiters[topic] or {}
            waiters[topic][waiter] = true
            repeat waiter.signal.wait(limit) until waiter.message or ms ~= nil
            if waiters[topic] then waiters[topic][waiter] = nil end
            if not waiter.message then return false end
            return true, unpack(waiter.message, 2, waiter.message.n)
        end

        local function deliver(message)
            local topic = message[1]
            local list = { unpack(subscribers[topic] or {}) }
            for _, fn in ipairs(list) do fn(unpack(message, 2, message.n)) end
            local waiting = waiters[topic]
            waiters[topic] = nil
            for waiter in pairs(waiting or {}) do
                waiter.message = message
                waiter.signal.wake()
            end
        end

        -- ---- timers ----

        local timers, last_timer = {}, 0

        local function same(timer, fn, arguments)
            if timer.fn ~= fn or timer.arguments.n ~= arguments.n then return false end
            for i = 1, arguments.n do if timer.arguments[i] ~= arguments[i] then return false end end
            return true
        end

        local function stop(id)
            local timer = timers[id]
            if not timer then return end
            timers[id] = nil
            -- One that runs its function stops behind it.
            if timer.handle and not timer.is_busy then timer.handle:cancel() end
            ended()
        end

        local function add_timer(name, is_loop, fn, ms, ...)
            want(fn, "function", 1, name)
            local delay, arguments = span(ms, 2, name), pack(...)
            for id, timer in pairs(timers) do if same(timer, fn, arguments) then stop(id) end end
            last_timer = last_timer + 1
            local id, timer = last_timer, { fn = fn, arguments = arguments }
            timers[id] = timer
            alive = alive + 1
            local function run()
                if timers[id] ~= timer then return end
                timer.handle = scope:spawn(function()
                    repeat
                        time.sleep(delay)
                        if timers[id] ~= timer then return end
                        timer.is_busy = true
                        fn(unpack(arguments, 1, arguments.n))
                        timer.is_busy = false
                    until not is_loop or timers[id] ~= timer
                    if timers[id] == timer then
                        timers[id] = nil
                        ended()
                    end
                end)
            end
            if scope then run() else starting[#starting + 1] = run end
            return id
        end

        function sys.timerStart(fn, ms, ...) return add_timer("timerStart", false, fn, ms, ...) end
        function sys.timerLoopStart(fn, ms, ...) return add_timer("timerLoopStart", true, fn, ms, ...) end

        local function matching(name, which, ...)
            if type(which) ~= "number" and type(which) ~= "function" then
                bad(1, name, "timer or function expected, got " .. type(which))
            end
            local found, arguments = {}, pack(...)
            for id, timer in pairs(timers) do
                if id == which or same(timer, which, arguments) then found[#found + 1] = id end
            end
            return found
        end

        function sys.timerStop(which, ...)
            for _, id in ipairs(matching("timerStop", which, ...)) do stop(id) end
        end

        function sys.timerStopAll(fn)
            want(fn, "function", 1, "timerStopAll")
            for id, timer in pairs(timers) do if timer.fn == fn then stop(id) end end
        end

        function sys.timerIsActive(which, ...)
            return #matching("timerIsActive", which, ...) > 0
        end

        -- ---- run ----

        local function announce_network()
            while not pcall(modem.wait_registered, modem, { timeout = "1h" }) do time.sleep(1) end
            local addresses = modem:addresses()[1]
            network = addresses and addresses[1] or ""
            sys.publish("IP_READY", network)
        end

        function sys.run()
            if scope then error(vm.failure { kind = "error", message = "sys.run runs already" }, 0) end
            task.scope(function(s)
                local over <close> = setmetatable({}, { __close = function() scope = nil end })
                scope = s
                for i = 1, #starting do
                    local body = starting[i]
                    s:spawn(body)
                end
                starting = {}
                s:spawn(announce_network)
                repeat
                    while messages[1] do deliver(remove(messages, 1)) end
                    if alive > 0 and not messages[1] then news.wait("24h") end
                until alive == 0 and not messages[1]
            end)
        end
        """#
}
