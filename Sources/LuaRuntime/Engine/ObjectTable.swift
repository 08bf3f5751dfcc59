import CLuaShim

/// The host objects that Lua holds handles of. On the VM thread alone.
final class ObjectTable {
    private struct Slot {
        var object: (any LuaObject)?
        var generation: UInt32 = 1
    }

    private var slots: [Slot] = []
    private var free: [UInt32] = []
    private var handles: [ObjectIdentifier: Int] = [:]
    private var classIDs: [String: UInt32] = [:]
    private(set) var classes: [LuaClass] = []

    var count: Int { slots.count - free.count }

    func holds(_ object: any LuaObject) -> Bool { handles[ObjectIdentifier(object)] != nil }

    /// A cell that makes one new handle.
    func cell(for object: any LuaObject) -> mwl_cell {
        let index: UInt32
        if let reused = free.popLast() {
            index = reused
        } else {
            index = UInt32(slots.count)
            slots.append(Slot())
        }
        slots[Int(index)].object = object
        handles[ObjectIdentifier(object), default: 0] += 1
        var cell = mwl_cell()
        cell.kind = UInt16(MWL_HANDLE.rawValue)
        cell.aux = classID(of: object.luaClass)
        cell.integer = Int64(Int(bitPattern: ObjectIdentifier(object)))
        cell.slot = index
        cell.generation = slots[Int(index)].generation
        return cell
    }

    /// The object behind a handle that came from Lua.
    func object(of cell: mwl_cell) throws(LuaFailure) -> any LuaObject {
        let index = Int(cell.slot)
        guard cell.flags == 0, slots.indices.contains(index), slots[index].generation == cell.generation,
            let object = slots[index].object
        else {
            throw LuaFailure(.closed, "the handle is closed")
        }
        return object
    }

    /// `released` as the shim queues it: generation above slot.
    func release(_ released: UInt64) {
        let index = Int(released & 0xffff_ffff)
        guard slots.indices.contains(index), slots[index].generation == UInt32(released >> 32) else { return }
        release(slot: index)
    }

    /// Releases what is left; returns how many that were.
    func releaseAll() -> Int {
        let left = slots.indices.filter { slots[$0].object != nil }
        left.forEach(release(slot:))
        return left.count
    }

    private func release(slot index: Int) {
        guard let object = slots[index].object else { return }
        slots[index].object = nil
        slots[index].generation &+= 1
        free.append(UInt32(index))
        let identifier = ObjectIdentifier(object)
        let left = (handles[identifier] ?? 1) - 1
        handles[identifier] = left == 0 ? nil : left
        if left == 0 { object.luaReleased() }
    }

    private func classID(of luaClass: LuaClass) -> UInt32 {
        if let known = classIDs[luaClass.name] { return known }
        classes.append(luaClass)
        let id = UInt32(classes.count)
        classIDs[luaClass.name] = id
        return id
    }
}
