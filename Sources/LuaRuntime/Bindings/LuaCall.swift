/// One waiting call: everything copied, so it may go to any thread, and be kept as long as the work takes.
///
/// The engine fills an object that nobody kept again for its next call.
public final class LuaCall: Sendable {
    public var arguments: LuaArguments { held.arguments }
    /// The object before the colon; `nil` for plain functions.
    public var receiver: (any LuaObject)? { held.receiver }
    public var task: LuaTaskInfo { held.task }
    public let host: LuaHost
    /// `file:line` of the caller in the script, when the function asks for it (``LuaFunction/Option/location``).
    public var location: String? { held.location }

    // `nonisolated(unsafe)`, unchecked: written by the engine alone, and only while it alone has the object.
    @exclusivity(unchecked) private nonisolated(unsafe) var held = Held()

    private struct Held {
        var arguments = LuaArguments([], function: "")
        var receiver: (any LuaObject)?
        var task = LuaTaskInfo(id: 0, name: "")
        var location: String?
        /// Whose name the arguments bear; compared alone.
        var entry: ObjectIdentifier?
    }

    init(host: LuaHost) {
        self.host = host
    }

    /// The receiver as the type the class belongs to. Fails only when a class hands its methods a foreign object.
    public func receiver<Object: LuaObject>(as type: Object.Type) throws(LuaFailure) -> Object {
        guard let object = receiver as? Object else {
            throw LuaFailure(.internal, "'\(arguments.function)' was called on a foreign object")
        }
        return object
    }
}

extension LuaCall {
    /// Lets go of what the last call brought.
    func clear() {
        held.arguments.values.removeAll(keepingCapacity: true)
        held.receiver = nil
        held.location = nil
    }

    /// Reads one call in place of the last one; gives a failure when a handle among the arguments is closed.
    func fill(
        _ entry: FunctionTable.Entry,
        of caller: TaskRecord,
        from reader: inout CellReader,
        count: UInt32,
        location: UnsafePointer<CChar>?
    ) -> LuaFailure? {
        if held.entry != ObjectIdentifier(entry) {
            held.entry = ObjectIdentifier(entry)
            held.arguments.function = entry.name
        }
        if held.task.id != caller.id { held.task = LuaTaskInfo(id: caller.id, name: caller.name) }
        if held.location != nil || location != nil { held.location = location.map { String(cString: $0) } }
        do throws(LuaFailure) {
            try readValues(of: entry, from: &reader, count: Int(count))
            return nil
        } catch {
            return error
        }
    }

    private func readValues(of entry: FunctionTable.Entry, from reader: inout CellReader, count: Int)
        throws(LuaFailure)
    {
        var count = count
        if entry.takesReceiver, count > 0 {
            count -= 1
            if case .object(let object) = try reader.next() { held.receiver = object }
        } else if held.receiver != nil {
            held.receiver = nil
        }
        let known = held.arguments.values.count
        if known > count { held.arguments.values.removeLast(known - count) }
        for index in 0..<count {
            if index < known {
                held.arguments.values[index] = try reader.next()
            } else {
                held.arguments.values.append(try reader.next())
            }
        }
    }
}

/// Which task called.
public struct LuaTaskInfo: Sendable, Hashable {
    /// Unique within the VM's life.
    public let id: UInt64
    /// `main`, the name given to `spawn`, or one made up.
    public let name: String
}
