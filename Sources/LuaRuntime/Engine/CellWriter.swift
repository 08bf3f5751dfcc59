import CLuaShim

/// A message for Lua under construction: cells and the bytes they point at, in memory that is used again and again.
struct CellWriter: ~Copyable {
    private var cells: UnsafeMutablePointer<mwl_cell>
    private var capacity = 64
    private var count = 0
    private var values = 0
    private var bytes: [UInt8] = []

    init() {
        cells = .allocate(capacity: capacity)
    }

    deinit {
        cells.deallocate()
    }

    mutating func reset() {
        count = 0
        values = 0
        if !bytes.isEmpty { bytes.removeAll(keepingCapacity: true) }
    }

    mutating func append(_ value: LuaValue, objects: ObjectTable) {
        values += 1
        write(value, objects: objects)
    }

    mutating func append(_ newValues: [LuaValue], objects: ObjectTable) {
        for value in newValues {
            append(value, objects: objects)
        }
    }

    mutating func append(_ failure: LuaFailure, objects: ObjectTable) {
        values += 1
        write(failure.table, kind: MWL_FAILURE, objects: objects)
    }

    @inline(__always)
    mutating func appendInteger(_ value: Int64) {
        values += 1
        var cell = mwl_cell()
        cell.kind = UInt16(MWL_INTEGER.rawValue)
        cell.integer = value
        push(cell)
    }

    /// The message. Its pointers are good until the next `reset` or `append`.
    mutating func withMessage<Result>(_ body: (mwl_message) -> Result) -> Result {
        bytes.withUnsafeMutableBufferPointer { buffer in
            if let base = buffer.baseAddress {
                for index in 0..<count where cells[index].kind == MWL_BYTES.rawValue {
                    let offset = Int(cells[index].aux)
                    cells[index].bytes = UnsafePointer(base + offset)
                }
            }
            return body(mwl_message(cells: cells, count: UInt32(count), values: UInt32(values)))
        }
    }

    /// For callbacks that hand the message to C after they return. The bytes do not move while the writer is untouched.
    @inline(__always)
    mutating func seal() -> mwl_message {
        if bytes.isEmpty { return mwl_message(cells: cells, count: UInt32(count), values: UInt32(values)) }
        return withMessage { $0 }
    }

    @inline(__always)
    private mutating func push(_ cell: mwl_cell) {
        if count == capacity { grow() }
        (cells + count).initialize(to: cell)
        count += 1
    }

    private mutating func grow() {
        let grown = UnsafeMutablePointer<mwl_cell>.allocate(capacity: capacity * 2)
        grown.moveInitialize(from: cells, count: count)
        cells.deallocate()
        cells = grown
        capacity *= 2
    }

    private mutating func push(kind: mwl_kind) {
        var cell = mwl_cell()
        cell.kind = UInt16(kind.rawValue)
        push(cell)
    }

    private mutating func write(_ value: LuaValue, objects: ObjectTable) {
        var cell = mwl_cell()
        switch value {
        case .nil:
            cell.kind = UInt16(MWL_NIL.rawValue)
        case .boolean(let flag):
            cell.kind = UInt16((flag ? MWL_TRUE : MWL_FALSE).rawValue)
        case .integer(let integer):
            cell.kind = UInt16(MWL_INTEGER.rawValue)
            cell.integer = integer
        case .number(let number):
            cell.kind = UInt16(MWL_NUMBER.rawValue)
            cell.number = number
        case .string(let string):
            write(bytes: string)
            return
        case .table(let table):
            write(table, kind: MWL_TABLE, objects: objects)
            return
        case .object(let object):
            if let error = object as? LuaErrorValue {
                write(error.failure.table, kind: MWL_FAILURE, objects: objects)
                return
            }
            cell = objects.cell(for: object)
        case .function(let reference):
            cell.kind = UInt16(MWL_FUNCTION.rawValue)
            cell.aux = UInt32(bitPattern: reference.reference)
        }
        push(cell)
    }

    /// `aux` keeps the offset until the message is sealed.
    private mutating func write(bytes string: [UInt8]) {
        if bytes.isEmpty { bytes.append(0) }
        var cell = mwl_cell()
        cell.kind = UInt16(MWL_BYTES.rawValue)
        cell.aux = UInt32(bytes.count)
        cell.size = UInt64(string.count)
        bytes.append(contentsOf: string)
        push(cell)
    }

    private mutating func write(_ table: LuaTable, kind: mwl_kind, objects: ObjectTable) {
        var cell = mwl_cell()
        cell.kind = UInt16(kind.rawValue)
        cell.aux = UInt32(table.items.count)
        cell.size = UInt64(table.pairs.count)
        push(cell)
        for item in table.items {
            write(item, objects: objects)
        }
        for pair in table.pairs {
            switch pair.key {
            case .integer(let integer): write(.integer(integer), objects: objects)
            case .string(let name): write(bytes: name)
            }
            write(pair.value, objects: objects)
        }
    }
}
