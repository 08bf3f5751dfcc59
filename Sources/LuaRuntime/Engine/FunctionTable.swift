import Glibc

/// Every host function by the id the shim knows it by.
final class FunctionTable {
    enum Body {
        case synchronous(@Sendable (inout LuaSyncCall) throws(LuaFailure) -> Void)
        case waiting(@Sendable (LuaCall, LuaCompletion) -> LuaFunction.Abort?)
        case async(@Sendable (LuaCall) async throws -> [LuaValue])
        /// The runtime's own: works on the engine itself, within the call.
        case engineCall((Engine, inout LuaSyncCall) throws(LuaFailure) -> Void)
        /// The runtime's own wait: ends through ``Engine/wake(_:sequence:_:)``.
        case engineWait((Engine, TaskRecord, LuaArguments) throws(LuaFailure) -> LuaFunction.Abort?)
        case property(@Sendable (any LuaObject) throws(LuaFailure) -> LuaValue)
        case description(@Sendable (any LuaObject) -> String)
    }

    /// A class, so that a call costs one retain.
    final class Entry {
        let name: String
        let takesReceiver: Bool
        let isShielded: Bool
        let takesCallbacks: Bool
        let body: Body
        /// That of a synchronous function, apart: taking it out of an enum costs a copy.
        let synchronous: @Sendable (inout LuaSyncCall) throws(LuaFailure) -> Void
        let isSynchronous: Bool
        /// That of a waiting one, apart for the same reason.
        let waiting: @Sendable (LuaCall, LuaCompletion) -> LuaFunction.Abort?
        let isWaiting: Bool

        init(
            name: String,
            takesReceiver: Bool,
            isShielded: Bool = false,
            takesCallbacks: Bool = false,
            body: Body
        ) {
            self.name = name
            self.takesReceiver = takesReceiver
            self.isShielded = isShielded
            self.takesCallbacks = takesCallbacks
            self.body = body
            if case .synchronous(let call) = body {
                isSynchronous = true
                synchronous = call
            } else {
                isSynchronous = false
                synchronous = { _ in }
            }
            if case .waiting(let begin) = body {
                isWaiting = true
                waiting = begin
            } else {
                isWaiting = false
                waiting = { _, _ in nil }
            }
        }
    }

    /// In memory of its own, for each call looks here: a property of a class would be checked for exclusive access each
    /// time. Retained; released with the table.
    private let entries: UnsafeMutablePointer<ContiguousArray<Unmanaged<Entry>>>
    private var names: [UnsafeMutablePointer<CChar>] = []

    init() {
        entries = .allocate(capacity: 1)
        entries.initialize(to: [])
    }

    deinit {
        for entry in entries.pointee { entry.release() }
        entries.deinitialize(count: 1)
        entries.deallocate()
        for name in names { free(name) }
    }

    /// Alive as long as the table.
    subscript(id: Int32) -> Unmanaged<Entry> { entries.pointee[Int(id)] }

    func add(_ entry: Entry) -> Int32 {
        entries.pointee.append(.passRetained(entry))
        return Int32(entries.pointee.count - 1)
    }

    /// The name as C sees it, alive as long as the table.
    func cString(_ name: String) -> UnsafePointer<CChar>? {
        guard let copy = strdup(name) else { return nil }
        names.append(copy)
        return UnsafePointer(copy)
    }
}
