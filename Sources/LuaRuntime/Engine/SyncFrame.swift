import CLuaShim

/// The arguments of a synchronous call where they are: in the shim's cells. Nothing in it is retained, for the call is
/// over before anything it points at goes away.
struct SyncFrame {
    private let unretainedEngine: Unmanaged<Engine>
    private let unretainedEntry: Unmanaged<FunctionTable.Entry>
    private let message: UnsafePointer<mwl_message>
    private let place: UnsafePointer<CChar>?
    /// The receiver is no argument: 1 when there is one.
    private let offset: Int
    let results: UnsafeMutablePointer<CellWriter>

    init(
        engine: Unmanaged<Engine>,
        entry: Unmanaged<FunctionTable.Entry>,
        message: UnsafePointer<mwl_message>,
        place: UnsafePointer<CChar>?,
        results: UnsafeMutablePointer<CellWriter>
    ) {
        unretainedEngine = engine
        unretainedEntry = entry
        self.message = message
        self.place = place
        self.results = results
        offset = entry._withUnsafeGuaranteedRef { $0.takesReceiver } ? 1 : 0
    }

    var engine: Engine { unretainedEngine.takeUnretainedValue() }

    var name: String { unretainedEntry.takeUnretainedValue().name }

    var count: Int { Int(message.pointee.values) - offset }

    var location: String? { place.map { String(cString: $0) } }

    func arguments() throws(LuaFailure) -> LuaArguments {
        let engine = engine
        var reader = CellReader(
            message.pointee,
            objects: engine.objects,
            host: engine.host,
            known: engine.callReferences
        )
        var values = try reader.values(message.pointee.values)
        if offset > 0 { values.removeFirst() }
        return LuaArguments(values, function: name)
    }

    func receiver() throws(LuaFailure) -> (any LuaObject)? {
        guard offset > 0, let cell = message.pointee.cells else { return nil }
        return try engine.objects.object(of: cell.pointee)
    }

    @inline(__always)
    func integer(_ index: Int) throws(LuaFailure) -> Int64 {
        if let cell = scalar(index) {
            if cell.pointee.kind == MWL_INTEGER.rawValue { return cell.pointee.integer }
            if cell.pointee.kind == MWL_NUMBER.rawValue, let exact = Int64(exactly: cell.pointee.number) {
                return exact
            }
        }
        return try arguments().integer(index)
    }

    @inline(__always)
    func number(_ index: Int) throws(LuaFailure) -> Double {
        if let cell = scalar(index) {
            if cell.pointee.kind == MWL_NUMBER.rawValue { return cell.pointee.number }
            if cell.pointee.kind == MWL_INTEGER.rawValue { return Double(cell.pointee.integer) }
        }
        return try arguments().number(index)
    }

    func bytes(_ index: Int) throws(LuaFailure) -> [UInt8] {
        if let cell = scalar(index), cell.pointee.kind == MWL_BYTES.rawValue {
            return CellReader.bytes(of: cell.pointee)
        }
        return try arguments().bytes(index)
    }

    /// The cell of one argument while no table stands among them: then cells and values correspond.
    @inline(__always)
    private func scalar(_ index: Int) -> UnsafePointer<mwl_cell>? {
        let position = index + offset
        guard message.pointee.count == message.pointee.values, position < Int(message.pointee.count) else { return nil }
        return message.pointee.cells.map { $0 + position }
    }
}
