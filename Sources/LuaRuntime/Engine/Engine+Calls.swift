import CLuaShim

/// What the shim calls. Each of these runs below a Lua call, returns plainly, and never enters the VM.
extension Engine {
    /// Unretained: the engine outlives every entry into its VM.
    static func from(_ context: UnsafeMutableRawPointer?) -> Unmanaged<Engine> {
        guard let context else { preconditionFailure("the shim lost its context") }
        return Unmanaged<Engine>.fromOpaque(context)
    }

    func call(
        _ id: Int32,
        _ message: UnsafePointer<mwl_message>,
        _ location: UnsafePointer<CChar>?,
        _ answer: UnsafeMutablePointer<mwl_message>
    ) -> Int32 {
        results.pointee.reset()
        if id == MWL_MISSING_MEMBER { return refuseMember(message.pointee, answer) }
        let unretained = functions[id]
        return unretained._withUnsafeGuaranteedRef { entry in
            var call = LuaSyncCall(
                frame: SyncFrame(
                    engine: .passUnretained(self),
                    entry: unretained,
                    message: message,
                    place: location,
                    results: results
                )
            )
            let status = run(entry, &call, answer)
            if entry.takesCallbacks { callReferences.finish(message.pointee, host) }
            return status
        }
    }

    private func run(
        _ entry: FunctionTable.Entry,
        _ call: inout LuaSyncCall,
        _ answer: UnsafeMutablePointer<mwl_message>
    ) -> Int32 {
        do throws(LuaFailure) {
            if entry.isSynchronous {
                try entry.synchronous(&call)
            } else {
                try run(entry, &call)
            }
            answer.pointee = results.pointee.seal()
            return Int32(MWL_RETURN.rawValue)
        } catch {
            results.pointee.reset()
            results.pointee.append(error, objects: objects)
            answer.pointee = results.pointee.seal()
            return Int32(MWL_RAISE.rawValue)
        }
    }

    /// `client has no 'pubish' (did you mean 'publish'?)`.
    private func refuseMember(_ message: mwl_message, _ answer: UnsafeMutablePointer<mwl_message>) -> Int32 {
        let words = (0..<2).map { index in
            message.cells.map { String(decoding: CellReader.bytes(of: $0[index]), as: UTF8.self) } ?? ""
        }
        let luaClass = objects.classes.first { $0.name == words[0] }
        let known = (luaClass?.methods.map(\.name) ?? []) + (luaClass?.properties.map(\.name) ?? [])
        let nearest = Suggestion.nearest(to: words[1], among: known)
        let hint = nearest.map { " (did you mean '\($0)'?)" } ?? ""
        results.pointee.append(LuaFailure(.argument, "\(words[0]) has no '\(words[1])'\(hint)"), objects: objects)
        answer.pointee = results.pointee.seal()
        return Int32(MWL_RAISE.rawValue)
    }

    private func run(_ entry: FunctionTable.Entry, _ call: inout LuaSyncCall) throws(LuaFailure) {
        switch entry.body {
        case .engineCall(let body):
            try body(self, &call)
        case .property(let get):
            guard let object = try call.frame.receiver() else { return }
            try call.push(try get(object))
        case .description(let describe):
            guard let object = try call.frame.receiver() else { return }
            try call.push(.text(describe(object)))
        case .synchronous, .waiting, .async, .engineWait:
            preconditionFailure("a waiting function was bound as a synchronous one")
        }
    }

    /// The members of a class, when its first handle is made.
    func describe(_ id: UInt32, _ out: UnsafeMutablePointer<mwl_class>) {
        let luaClass = objects.classes[Int(id) - 1]
        describedMembers = luaClass.methods.map { method in
            let takesReceiver = !method.options.contains(.withoutReceiver)
            return member(
                "m",
                method.name,
                entry(of: method, takesReceiver: takesReceiver),
                flags(of: method, takesReceiver: takesReceiver)
            )
        }
        for property in luaClass.properties {
            describedMembers.append(member("p", property.name, receiverEntry(property.name, .property(property.get))))
        }
        if let close = luaClass.close {
            // What a cancellation meets half closed is closed to its end; only a kill interrupts it.
            let entry = entry(of: close, takesReceiver: true, isShielded: true)
            let flags = flags(of: close, takesReceiver: true) | MWL_SHIELDED.rawValue
            describedMembers.append(member("c", "__close", entry, flags))
        }
        if let call = luaClass.call {
            describedMembers.append(
                member("x", "__call", entry(of: call, takesReceiver: true), flags(of: call, takesReceiver: true))
            )
        }
        if let describe = luaClass.describe {
            describedMembers.append(member("s", "__tostring", receiverEntry("__tostring", .description(describe))))
        }
        describedMembers.withUnsafeBufferPointer { members in
            out.pointee = mwl_class(
                name: functions.cString(luaClass.name),
                members: members.baseAddress,
                count: UInt32(members.count)
            )
        }
    }

    private func receiverEntry(_ name: String, _ body: FunctionTable.Body) -> FunctionTable.Entry {
        FunctionTable.Entry(name: name, takesReceiver: true, body: body)
    }

    private func member(
        _ kind: Unicode.Scalar,
        _ name: String,
        _ entry: FunctionTable.Entry,
        _ flags: UInt32 = MWL_RECEIVER.rawValue
    ) -> mwl_member {
        mwl_member(name: functions.cString(name), kind: Int32(kind.value), id: functions.add(entry), flags: flags)
    }

    func write(_ bytes: UnsafeBufferPointer<UInt8>, _ answer: UnsafeMutablePointer<mwl_message>) -> Int32 {
        outputBytes += bytes.count
        if outputBytes > program.limits.output {
            results.pointee.reset()
            results.pointee.append(
                LuaFailure(.error, "output limit: the script wrote more than \(program.limits.output) bytes"),
                objects: objects
            )
            answer.pointee = results.pointee.seal()
            return Int32(MWL_RAISE.rawValue)
        }
        host.output.write(Array(bytes))
        return Int32(MWL_RETURN.rawValue)
    }
}

let shimCall:
    @convention(c) (
        UnsafeMutableRawPointer?, Int32, UnsafePointer<mwl_message>?, UnsafePointer<CChar>?,
        UnsafeMutablePointer<mwl_message>?
    ) -> Int32 = { context, id, message, location, answer in
        guard let message, let answer else { preconditionFailure("the shim called without a message") }
        return Engine.from(context)._withUnsafeGuaranteedRef { $0.call(id, message, location, answer) }
    }

let shimDescribe: @convention(c) (UnsafeMutableRawPointer?, UInt32, UnsafeMutablePointer<mwl_class>?) -> Void = {
    context,
    id,
    out in
    guard let out else { preconditionFailure("the shim asked for a class without a place for it") }
    Engine.from(context)._withUnsafeGuaranteedRef { $0.describe(id, out) }
}

let shimWrite:
    @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<UInt8>?, Int, UnsafeMutablePointer<mwl_message>?) -> Int32 =
        { context, bytes, size, answer in
            guard let answer else { preconditionFailure("the shim wrote without a place for the answer") }
            let bytes = UnsafeBufferPointer(start: bytes, count: size)
            return Engine.from(context)._withUnsafeGuaranteedRef { $0.write(bytes, answer) }
        }

let shimWall: @convention(c) (UnsafeMutableRawPointer?) -> Double = { context in
    Engine.from(context)._withUnsafeGuaranteedRef { $0.host.clock.wall }
}

let shimReleased: @convention(c) (UnsafeMutableRawPointer?, UInt64) -> Void = { context, handle in
    Engine.from(context)._withUnsafeGuaranteedRef { $0.objects.release(handle) }
}
