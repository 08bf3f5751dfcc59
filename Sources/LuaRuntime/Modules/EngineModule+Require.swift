/// `require`: text modules from the script's folder and the module paths.
extension EngineModule {
    static func require(_ program: LuaProgram) -> EngineModule {
        let roots = (program.folder.map { [$0] } ?? []) + program.modulePaths
        return EngineModule(
            name: "require",
            placement: .globals,
            functions: [
                .wait("find", hidden: true) { engine, task, arguments throws(LuaFailure) in
                    let name = try arguments.text(0)
                    let host = engine.host
                    if let library = program.libraries.first(where: { $0.name == name }) {
                        engine.completion(of: task).succeed([.text(library.source), .nil, .boolean(true)])
                        return nil
                    }
                    engine.completion(of: task).completeBlocking { () throws(LuaFailure) in
                        try ModuleSearch(roots: roots, host: host).find(name)
                    }
                    return nil
                },
                .wait("await", hidden: true) { engine, task, arguments throws(LuaFailure) in
                    engine.moduleWaiters[try arguments.text(0), default: []].append((task, task.sequence))
                    return nil
                },
                .call("done", hidden: true) { engine, call throws(LuaFailure) in
                    let name = try call.arguments.text(0)
                    for (task, sequence) in engine.moduleWaiters.removeValue(forKey: name) ?? [] {
                        engine.wake(task, sequence: sequence, .values([]))
                    }
                },
                .call("me", hidden: true) { _, call throws(LuaFailure) in
                    try call.push(.integer(Int64(call.task.id)))
                },
            ],
            prelude: RequirePrelude.source
        )
    }
}

struct ModuleSearch {
    let roots: [String]
    let host: LuaHost

    /// Source and shown path, or nothing and what was tried.
    func find(_ name: String) throws(LuaFailure) -> [LuaValue] {
        let path = name.split(separator: ".").joined(separator: "/")
        let candidates = [path + ".lua", path + "/init.lua"]
        for (index, root) in roots.enumerated() {
            for candidate in candidates {
                let descriptor = host.files.open(candidate, below: root)
                guard descriptor >= 0 else { continue }
                let shown = index == 0 && host.folder != nil ? candidate : root + "/" + candidate
                return [.string(SourceFile.text(try read(descriptor, shown))), .text(shown)]
            }
        }
        let places = roots.isEmpty ? "nowhere: the script has no folder" : candidates.joined(separator: ", ")
        return [.nil, .text(places)]
    }

    private func read(_ descriptor: Int32, _ shown: String) throws(LuaFailure) -> [UInt8] {
        defer { FileReading.close(descriptor) }
        switch FileReading.all(descriptor, limit: 256 << 10) {
        case .success(let bytes): return bytes
        case .failure(.tooLarge):
            throw LuaFailure(.error, "\(shown): source too large (a module has at most 256 KiB)")
        case .failure(.system(let error)):
            throw LuaFailure(.error, "cannot read \(shown): \(FileAccess.words(error))")
        }
    }
}

enum RequirePrelude {
    static let source = #"""
        local host, vm = ...
        local loaded, type, error, next = package.loaded, type, error, next
        local match, gmatch, concat = string.match, string.gmatch, table.concat
        local loading, awaiting = {}, {}

        local function fail(kind, message)
            error(vm.failure { kind = kind, message = message }, 0)
        end

        local function check_name(name)
            if type(name) ~= "string" then
                fail("argument", "bad argument #1 to 'require' (string expected, got " .. type(name) .. ")")
            end
            for part in gmatch(name .. ".", "([^.]*)%.") do
                if not match(part, "^[%w_-]+$") then
                    fail("argument", "bad argument #1 to 'require' ('" .. name ..
                        "' is no module name: letters, digits, _ and -, joined by dots)")
                end
            end
        end

        -- The modules from `name` on, each waiting for the next, when they lead back to the asking task.
        local function cycle(name, me)
            local chain, at = { name }, name
            while at and loading[at] do
                local owner = loading[at]
                if owner.task == me then
                    local path, module = {}, owner.top[me]
                    while module and module ~= name do
                        path[#path + 1] = module
                        module = loading[module] and loading[module].outer
                    end
                    for i = #path, 1, -1 do chain[#chain + 1] = path[i] end
                    chain[#chain + 1] = name
                    return concat(chain, " -> ")
                end
                at = awaiting[owner.task]
                if at then chain[#chain + 1] = at end
            end
        end

        local top = {}

        local function run(name)
            local source, path, built_in = host.find(name)
            if source == nil then fail("error", "module '" .. name .. "' not found (tried " .. path .. ")") end
            local chunk, message = vm.load(source, built_in and "=[moonwire]" or "@" .. path)
            if chunk == nil then fail("error", message) end
            local value
            if built_in then value = chunk(name, nil, vm) else value = chunk(name, path) end
            if value == nil then value = loaded[name] end
            if value == nil then value = true end
            loaded[name] = value
            return value
        end

        local function finish(name, me, ok, ...)
            top[me] = loading[name].outer
            loading[name] = nil
            host.done(name)
            if not ok then vm.raise(...) end
            return (...)
        end

        local function require(name)
            check_name(name)
            if loaded[name] ~= nil then return loaded[name] end
            local me = host.me()
            while loading[name] do
                local chain = cycle(name, me)
                if chain then fail("error", "modules require each other: " .. chain) end
                awaiting[me] = name
                local ok, err, traceback = vm.try(host.await, name)
                awaiting[me] = nil
                if not ok then vm.raise(err, traceback) end
                if loaded[name] ~= nil then return loaded[name] end
            end
            loading[name] = { task = me, outer = top[me], top = top }
            top[me] = name
            return finish(name, me, vm.try(run, name))
        end

        return { require = require }
        """#
}
