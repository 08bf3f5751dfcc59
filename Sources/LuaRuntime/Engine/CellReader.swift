import CLuaShim

/// Copies a message from Lua, value by value. Lives inside the entry or callback that brought the message.
struct CellReader {
    let cells: UnsafePointer<mwl_cell>?
    // Unowned, for a reader lives inside one call of the engine that owns all of these.
    private unowned(unsafe) let objects: ObjectTable
    private unowned(unsafe) let host: LuaHost
    /// Where a message may be read twice: the references it already gave.
    private unowned(unsafe) let known: ReferenceCache?
    var position = 0

    init(_ message: mwl_message, objects: ObjectTable, host: LuaHost, known: ReferenceCache? = nil) {
        cells = message.cells
        self.objects = objects
        self.host = host
        self.known = known
    }

    mutating func values(_ count: UInt32) throws(LuaFailure) -> [LuaValue] {
        var values: [LuaValue] = []
        values.reserveCapacity(Int(count))
        for _ in 0..<count {
            values.append(try next())
        }
        return values
    }

    mutating func next() throws(LuaFailure) -> LuaValue {
        guard let cells else { return .nil }
        let cell = cells[position]
        position += 1
        switch mwl_kind(rawValue: UInt32(cell.kind)) {
        case MWL_FALSE: return .boolean(false)
        case MWL_TRUE: return .boolean(true)
        case MWL_INTEGER: return .integer(cell.integer)
        case MWL_NUMBER: return .number(cell.number)
        case MWL_BYTES: return .string(Self.bytes(of: cell))
        case MWL_TABLE, MWL_FAILURE: return .table(try table(cell))
        case MWL_HANDLE: return .object(try objects.object(of: cell))
        case MWL_FUNCTION:
            let number = Int32(bitPattern: cell.aux)
            return .function(known?.reference(number, host) ?? LuaFunctionReference(reference: number, host: host))
        case MWL_OTHER: return .text("(a \(String(decoding: Self.bytes(of: cell), as: UTF8.self)))")
        default: return .nil
        }
    }

    private mutating func table(_ cell: mwl_cell) throws(LuaFailure) -> LuaTable {
        var table = LuaTable()
        table.items = try values(cell.aux)
        table.pairs.reserveCapacity(Int(cell.size))
        for _ in 0..<cell.size {
            let key: LuaTable.Key
            switch try next() {
            case .integer(let integer): key = .integer(integer)
            case .string(let bytes): key = .string(bytes)
            case .nil, .boolean, .number, .table, .object, .function: key = .integer(0)
            }
            table.pairs.append(LuaTable.Pair(key: key, value: try next()))
        }
        return table
    }

    static func bytes(of cell: mwl_cell) -> [UInt8] {
        Array(UnsafeBufferPointer(start: cell.bytes, count: Int(cell.size)))
    }
}

extension CellReader {
    /// The error value of a task that failed. Nothing in it can fail: a closed handle reads as nil.
    static func failure(_ report: mwl_report, objects: ObjectTable, host: LuaHost) -> LuaFailure {
        var failure = errorValue(report.message, objects: objects, host: host)
        if failure.traceback == nil, let traceback = report.traceback {
            failure.traceback = String(cString: traceback)
        }
        return failure
    }

    private static func errorValue(_ message: mwl_message, objects: ObjectTable, host: LuaHost) -> LuaFailure {
        guard message.values > 0, let cell = message.cells?.pointee else {
            return LuaFailure(.script, "(no error object)")
        }
        var reader = CellReader(message, objects: objects, host: host)
        switch mwl_kind(rawValue: UInt32(cell.kind)) {
        case MWL_BYTES:
            return LuaFailure(scriptMessage: String(decoding: bytes(of: cell), as: UTF8.self))
        case MWL_FAILURE:
            do throws(LuaFailure) {
                return LuaFailure(table: try reader.next().table ?? LuaTable())
            } catch {
                return LuaFailure(.closed, "(error object holds a closed handle)")
            }
        case MWL_NIL: return LuaFailure(.script, "(error object is nil)")
        case MWL_FALSE, MWL_TRUE: return LuaFailure(.script, "(error object is a boolean)")
        case MWL_INTEGER: return LuaFailure(.script, "\(cell.integer)")
        case MWL_NUMBER: return LuaFailure(.script, "\(cell.number)")
        case MWL_TABLE: return LuaFailure(.script, "(error object is a table)")
        case MWL_HANDLE: return LuaFailure(.script, "(error object is a handle)")
        default:
            return LuaFailure(.script, "(error object is a \(String(decoding: bytes(of: cell), as: UTF8.self)))")
        }
    }
}

/// The function references of one synchronous call: each is made once, however often the arguments are read.
final class ReferenceCache {
    private var references: [Int32: LuaFunctionReference] = [:]

    func reference(_ number: Int32, _ host: LuaHost) -> LuaFunctionReference {
        if let known = references[number] { return known }
        let made = LuaFunctionReference(reference: number, host: host)
        references[number] = made
        return made
    }

    /// Makes references of those functions nobody read, too, and lets go of all: what nobody kept is released.
    func finish(_ message: mwl_message, _ host: LuaHost) {
        for index in 0..<Int(message.count) {
            guard let cell = message.cells?[index], cell.kind == MWL_FUNCTION.rawValue else { continue }
            _ = reference(Int32(bitPattern: cell.aux), host)
        }
        references.removeAll()
    }
}
