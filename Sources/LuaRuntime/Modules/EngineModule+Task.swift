import CLuaShim

/// `task`: scopes, children, races. The engine keeps the records; the prelude calls the script's functions.
extension EngineModule {
    static var task: EngineModule {
        EngineModule(
            name: "task",
            placement: .global,
            functions: [
                .call("scope_open", hidden: true) { engine, call throws(LuaFailure) in
                    let arguments = try call.arguments
                    let timeout: Duration? = arguments[1].isNil ? nil : try arguments.duration(1)
                    let id = try engine.openScope(
                        name: arguments[0].text,
                        timeout: timeout,
                        isLenient: arguments[2].isTruthy
                    )
                    try call.push(.integer(Int64(id)))
                },
                .call("spawn", flags: MWL_CALLBACKS, MWL_LOCATES, hidden: true) { engine, call throws(LuaFailure) in
                    let arguments = try call.arguments
                    let spawn = try engine.spawnChild(
                        of: UInt64(try arguments.integer(0)),
                        try arguments.function(1),
                        name: arguments[2].text,
                        location: call.location
                    )
                    try call.push(.integer(Int64(spawn.id)))
                },
                .call("chain", hidden: true) { engine, call throws(LuaFailure) in
                    try call.push(.text(engine.current?.chain ?? ""))
                },
                .wait("scope_close", shielded: true, hidden: true) { engine, task, arguments throws(LuaFailure) in
                    try engine.closeScope(UInt64(try arguments.integer(0)), owner: task)
                    return nil
                },
                .wait("join", hidden: true) { engine, task, arguments throws(LuaFailure) in
                    let ids = try arguments.table(0).items.compactMap { $0.integer.map { UInt64($0) } }
                    engine.join(ids, task, observesFailure: arguments[1].isTruthy)
                    return nil
                },
                .call("cancel", hidden: true) { engine, call throws(LuaFailure) in
                    engine.cancelTask(UInt64(try call.integer(0)))
                },
                .call("state", hidden: true) { engine, call throws(LuaFailure) in
                    try call.push(.text(engine.taskState(UInt64(try call.integer(0)))))
                },
                .call("check_options", hidden: true) { _, call throws(LuaFailure) in
                    let arguments = try call.arguments
                    let checked = LuaArguments([.nil, arguments[1]], function: arguments[0].text ?? "?")
                    let options = try checked.options(1, known: ["timeout", "name"])
                    _ = try options.duration("timeout")
                    _ = try options.text("name")
                },
                .call("current") { _, call throws(LuaFailure) in
                    try call.push(.text(call.task.name))
                },
            ],
            prelude: TaskPrelude.source
        )
    }

    /// `defer`: among the globals.
    static var deferring: EngineModule {
        EngineModule(
            name: "defer",
            placement: .globals,
            functions: [
                .call("defer", flags: MWL_CALLBACKS) { engine, call throws(LuaFailure) in
                    engine.deferred.append(try call.arguments.function(0))
                }
            ],
            prelude: nil
        )
    }
}

/// The Lua half of `task`.
enum TaskPrelude {
    static let source = #"""
        local host, vm = ...
        local try, raise, failure = vm.try, vm.raise, vm.failure
        local pack, unpack, setmetatable, type, error = table.pack, table.unpack, setmetatable, type, error
        local scope_methods, task_methods = {}, {}

        local function bad_argument(position, name, expected, value)
            error(failure { kind = "argument", message = "bad argument #" .. position .. " to '" .. name .. "' (" ..
                expected .. " expected, got " .. type(value) .. ")" }, 0)
        end

        local function check(position, name, expected, value)
            if type(value) ~= expected then bad_argument(position, name, expected, value) end
        end

        local function check_options(name, options)
            if options ~= nil then
                check(2, name, "table", options)
                host.check_options(name, options)
            end
            return options or {}
        end

        -- Cancels and awaits the children; once, whoever comes first.
        local function settle(s)
            if not s.closed then
                s.closed = true
                return host.scope_close(s.id)
            end
        end

        local scope_meta = {
            __index = scope_methods, __metatable = false, __name = "scope",
            __close = function(s) settle(s) end,
        }

        local function open(name, timeout, lenient)
            return setmetatable({ id = host.scope_open(name, timeout, lenient), name = name, children = {} }, scope_meta)
        end

        local function attach(err, s, ids)
            if ids and #ids > 0 and vm.is_failure(err) and err.suppressed == nil then
                local list = {}
                for i = 1, #ids do list[i] = s.children[ids[i]].err end
                err.suppressed = list
            end
        end

        local function finish(s, ok, ...)
            local failed, later, timed_out = settle(s)
            if failed then
                local child = s.children[failed]
                attach(child.err, s, later)
                raise(child.err, child.traceback)
            end
            if ok then return ... end
            local err, traceback = ...
            if timed_out and vm.is_failure(err) and err.reason == "timeout" then
                err = failure { kind = "timeout", message = (s.name or "scope") .. " timed out", where = err.where,
                    elapsed = err.elapsed }
            end
            raise(err, traceback)
        end

        local function scope(fn, options)
            check(1, "scope", "function", fn)
            options = check_options("scope", options)
            local s <close> = open(options.name, options.timeout)
            return finish(s, try(fn, s))
        end

        local task_meta = {
            __metatable = false, __name = "task",
            __index = function(h, key)
                if key == "state" then return host.state(h.id) end
                return task_methods[key]
            end,
        }

        local function run(h, fn)
            local r = pack(try(fn))
            if r[1] then
                h.results, h.scope.children[h.id] = r, nil
            else
                h.err, h.traceback = r[2], (r[3] or "") .. "\n" .. host.chain()
                raise(r[2], h.traceback)
            end
        end

        local function spawn(s, fn, name)
            local h = setmetatable({ scope = s }, task_meta)
            h.id = host.spawn(s.id, function() return run(h, fn) end, name)
            h.name = name or "task " .. h.id
            s.children[h.id] = h
            return h
        end

        function scope_methods.spawn(s, fn, options)
            check(1, "spawn", "function", fn)
            options = check_options("spawn", options)
            if options.timeout ~= nil then
                local body, limits = fn, { timeout = options.timeout, name = options.name }
                fn = function() return scope(body, limits) end
            end
            return spawn(s, fn, options.name)
        end

        local function result(h)
            if h.results then return true, unpack(h.results, 2, h.results.n) end
            local err = h.err
            if err == nil then
                err = failure { kind = "cancelled", message = "task '" .. h.name .. "' was cancelled" }
            end
            return false, err, h.traceback
        end

        local function joined(ok, ...)
            if ok then return ... end
            raise(...)
        end

        function task_methods.join(h)
            host.join({ h.id })
            return joined(result(h))
        end

        local function tried(ok, ...)
            if ok then return ... end
            return nil, (...)
        end

        function task_methods.try_join(h)
            host.join({ h.id }, true)
            return tried(result(h))
        end

        function task_methods.cancel(h) host.cancel(h.id) end

        task_methods.wait = task_methods.join

        -- How each kind of contender is awaited: `race_wait` when it has one, or `wait`.
        local function waiter(item, position)
            if type(item) == "function" then return item end
            local method = vm.method(item, "race_wait") or vm.method(item, "wait")
            if method == nil then bad_argument(position, "race", "a task, a waiter or a timer", item) end
            return function() return method(item) end
        end

        function scope_methods.race(s, items)
            check(1, "race", "table", items)
            local waits, tasks, ids = {}, {}, {}
            for i = 1, #items do waits[i] = waiter(items[i], i) end
            if #items == 0 then error(failure { kind = "argument", message = "race needs somebody to race" }, 0) end
            local inner <close> = open("race", nil, true)
            for i = 1, #items do
                tasks[i] = spawn(inner, waits[i], "race " .. i)
                ids[i] = tasks[i].id
            end
            local first = host.join(ids, true)
            settle(inner)
            for i = 1, #items do
                local close = i ~= first and type(items[i]) ~= "function" and vm.method(items[i], "close")
                if close then close(items[i]) end
            end
            local winner = tasks[first]
            if not winner.results then raise(winner.err, winner.traceback) end
            return { index = first, value = winner.results[2] }
        end

        vm.scope = scope
        return { scope = scope }
        """#
}
