import CLuaShim

/// The arguments of a synchronous call where they are: in the shim's cells.
struct SyncFrame {
    let engine: Engine
    let entry: FunctionTable.Entry
    let message: mwl_message
    let place: UnsafePointer<CChar>?

    var name: String { entry.name }

    private var takesReceiver: Bool { entry.takesReceiver }

    var count: Int { Int(message.values) - (takesReceiver ? 1 : 0) }

    var location: String? { place.map { String(cString: $0) } }

    func arguments() throws(LuaFailure) -> LuaArguments {
        var reader = CellReader(message, objects: engine.objects, host: engine.host, known: engine.callReferences)
        var values = try reader.values(message.values)
        if takesReceiver { values.removeFirst() }
        return LuaArguments(values, function: name)
    }

    func receiver() throws(LuaFailure) -> (any LuaObject)? {
        guard takesReceiver, let cell = message.cells?.pointee else { return nil }
        return try engine.objects.object(of: cell)
    }

    func integer(_ index: Int) throws(LuaFailure) -> Int64 {
        if let cell = scalar(index) {
            if cell.kind == MWL_INTEGER.rawValue { return cell.integer }
            if cell.kind == MWL_NUMBER.rawValue, let exact = Int64(exactly: cell.number) { return exact }
        }
        return try arguments().integer(index)
    }

    func number(_ index: Int) throws(LuaFailure) -> Double {
        if let cell = scalar(index) {
            if cell.kind == MWL_NUMBER.rawValue { return cell.number }
            if cell.kind == MWL_INTEGER.rawValue { return Double(cell.integer) }
        }
        return try arguments().number(index)
    }

    func bytes(_ index: Int) throws(LuaFailure) -> [UInt8] {
        if let cell = scalar(index), cell.kind == MWL_BYTES.rawValue { return CellReader.bytes(of: cell) }
        return try arguments().bytes(index)
    }

    /// The cell of one argument while no table stands among them: then cells and values correspond.
    private func scalar(_ index: Int) -> mwl_cell? {
        let position = index + (takesReceiver ? 1 : 0)
        guard message.count == message.values, position < Int(message.count) else { return nil }
        return message.cells?[position]
    }
}
