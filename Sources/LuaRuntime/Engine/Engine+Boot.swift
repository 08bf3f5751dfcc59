import CLuaShim

/// Making the state and binding the modules.
extension Engine {
    /// Fails when there is no memory for an empty VM, or a prelude is broken.
    func boot() throws(LuaFailure) {
        var callbacks = mwl_callbacks()
        callbacks.context = Unmanaged.passUnretained(self).toOpaque()
        callbacks.call = shimCall
        callbacks.describe = shimDescribe
        callbacks.write = shimWrite
        callbacks.wall = shimWall
        var limits = mwl_limits()
        limits.memory_soft = UInt64(program.limits.memory)
        limits.memory_hard = UInt64(program.limits.memory) * 4
        limits.burst = program.limits.burst.wholeNanoseconds
        limits.grace = program.limits.grace.wholeNanoseconds
        limits.grace_burst = program.limits.graceBurst.wholeNanoseconds
        limits.seed = program.seed
        limits.interactive = program.isInteractive
        if let (check, interrupt, cause) = program.interruption {
            limits.interrupt_check = check
            limits.interrupt_phase = Int32((interrupt == .kill ? MWL_PHASE_KILL : MWL_PHASE_CANCEL).rawValue)
            limits.interrupt_reason = cause.shim
        }
        guard let state = mwl_new(&callbacks, &limits) else {
            throw LuaFailure(.memory, "not enough memory for the Lua VM")
        }
        self.state = state
        host.engine = .passUnretained(self)
        live.set(state)
        for module in EngineModule.all(for: program) {
            try bind(module)
        }
        for module in LuaVM.genericModules + program.modules {
            try bind(module)
        }
        try bindArguments()
    }

    private func bind(_ module: LuaModule) throws(LuaFailure) {
        let place = module.placement.place
        for function in module.functions {
            try register(function, in: module.name, place: place)
        }
        for constant in module.constants {
            try register(constant.value, named: constant.name, in: module.name, place: place)
        }
        guard let prelude = module.prelude else { return }
        for function in prelude.hostFunctions {
            try register(function, in: module.name, place: MWL_IN_PRELUDE)
        }
        try run(prelude: prelude.source, of: module.name, place: place)
    }

    private func bind(_ module: EngineModule) throws(LuaFailure) {
        for function in module.functions {
            try register(
                function.entry,
                flags: function.flags,
                in: module.name,
                place: function.isHidden ? MWL_IN_PRELUDE : module.placement.place
            )
        }
        if let source = module.prelude {
            try run(prelude: source, of: module.name, place: module.placement.place)
        }
    }

    private func bindArguments() throws(LuaFailure) {
        var table = LuaTable(items: program.arguments.map { .text($0) })
        table.pairs.append(LuaTable.Pair(key: .integer(0), value: .text(program.name)))
        try register(.table(table), named: "arg", in: "_G", place: MWL_IN_GLOBALS)
    }

    private func register(_ function: LuaFunction, in module: String, place: mwl_place) throws(LuaFailure) {
        try register(entry(of: function, takesReceiver: false), flags: flags(of: function), in: module, place: place)
    }

    private func register(_ entry: FunctionTable.Entry, flags: UInt32, in module: String, place: mwl_place)
        throws(LuaFailure)
    {
        var binding = mwl_binding()
        binding.name = functions.cString(entry.name)
        binding.place = Int32(place.rawValue)
        binding.flags = flags
        binding.id = functions.add(entry)
        try register(&binding, in: module)
    }

    private func register(_ value: LuaValue, named name: String, in module: String, place: mwl_place)
        throws(LuaFailure)
    {
        outgoing.reset()
        outgoing.append(value, objects: objects)
        var binding = mwl_binding()
        binding.name = functions.cString(name)
        binding.place = Int32(MWL_CONSTANT.rawValue)
        binding.target = Int32(place.rawValue)
        binding.value = outgoing.seal()
        try register(&binding, in: module)
    }

    private func run(prelude source: String, of module: String, place: mwl_place) throws(LuaFailure) {
        var failure: LuaFailure?
        Array(source.utf8).withUnsafeBufferPointer { bytes in
            var binding = mwl_binding()
            binding.place = Int32(MWL_PRELUDE.rawValue)
            binding.target = Int32(place.rawValue)
            binding.source = bytes.baseAddress
            binding.source_size = bytes.count
            do throws(LuaFailure) {
                try register(&binding, in: module)
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
    }

    private func register(_ binding: inout mwl_binding, in module: String) throws(LuaFailure) {
        var message = [CChar](repeating: 0, count: 256)
        let isDone = module.withCString { name in
            binding.module = name
            return mwl_register(state, &binding, &message, message.count)
        }
        if !isDone {
            let text = String(decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            throw LuaFailure(.internal, "module '\(module)' cannot be bound: \(text)")
        }
    }

    func entry(of function: LuaFunction, takesReceiver: Bool, isShielded: Bool = false) -> FunctionTable.Entry {
        let body: FunctionTable.Body
        switch function.body {
        case .synchronous(let call): body = .synchronous(call)
        case .waiting(let call): body = .waiting(call)
        case .async(let call): body = .async(call)
        }
        return FunctionTable.Entry(
            name: function.name,
            takesReceiver: takesReceiver,
            isShielded: isShielded,
            takesCallbacks: function.options.contains(.callbacks),
            body: body
        )
    }

    func flags(of function: LuaFunction, takesReceiver: Bool = false) -> UInt32 {
        var flags: UInt32 = 0
        switch function.body {
        case .synchronous: break
        case .waiting, .async: flags |= MWL_WAITS.rawValue
        }
        if function.options.contains(.callbacks) { flags |= MWL_CALLBACKS.rawValue }
        if function.options.contains(.location) { flags |= MWL_LOCATES.rawValue }
        if takesReceiver { flags |= MWL_RECEIVER.rawValue }
        return flags
    }
}

extension LuaModule.Placement {
    var place: mwl_place {
        switch self {
        case .global: MWL_IN_MODULE
        case .globals: MWL_IN_GLOBALS
        case .required: MWL_IN_REQUIRED
        }
    }
}
