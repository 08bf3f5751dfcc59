import CLuaShim

/// A host for the shim's own tests: answers host calls from a table, runs one task to its end.
final class ShimHost {
    /// Ids of the functions every session has.
    enum Function: Int32 {
        case add = 1, wait, make, keep, fail, method, close
    }

    var state: OpaquePointer?
    private var limits: mwl_limits
    private var answer: [mwl_cell] = []
    private var members: [mwl_member] = []
    private var lastSlot: UInt32 = 0
    private(set) var references: [Int32] = []
    private(set) var written: [UInt8] = []
    static let names: [StaticString] = ["add", "wait", "make", "keep", "fail", "method", "__close"]

    init(failAt allocation: UInt64 = 0, andAfter: Bool = false, memory: UInt64 = 8 << 20) {
        limits = mwl_limits()
        limits.memory_soft = memory
        limits.memory_hard = memory * 4
        limits.burst = 60_000_000_000
        limits.grace = 60_000_000_000
        limits.grace_burst = 60_000_000_000
        limits.fail_allocation = allocation
        limits.fail_after = andAfter
        var callbacks = mwl_callbacks()
        callbacks.context = Unmanaged.passUnretained(self).toOpaque()
        callbacks.call = { context, id, message, _, answer in
            guard let context, let message, let answer else { return 1 }
            return ShimHost.from(context).call(id, message.pointee, answer)
        }
        callbacks.describe = { context, _, out in
            guard let context, let out else { return }
            ShimHost.from(context).describe(out)
        }
        callbacks.write = { context, bytes, size, _ in
            guard let context else { return 1 }
            ShimHost.from(context).written += UnsafeBufferPointer(start: bytes, count: size)
            return 0
        }
        callbacks.wall = { _ in 0 }
        state = mwl_new(&callbacks, &limits)
    }

    private static func from(_ context: UnsafeMutableRawPointer) -> ShimHost {
        Unmanaged<ShimHost>.fromOpaque(context).takeUnretainedValue()
    }

    private static func name(_ index: Int) -> UnsafePointer<CChar> {
        UnsafeRawPointer(names[index].utf8Start).assumingMemoryBound(to: CChar.self)
    }

    /// Binds the functions as globals and runs a prelude. False when memory runs out.
    func bind() -> Bool {
        let flags: [UInt32] = [0, MWL_WAITS.rawValue, 0, MWL_CALLBACKS.rawValue, 0]
        var message = [CChar](repeating: 0, count: 200)
        for (index, flags) in flags.enumerated() {
            var binding = mwl_binding()
            binding.name = Self.name(index)
            binding.place = Int32(MWL_IN_GLOBALS.rawValue)
            binding.id = Int32(index + 1)
            binding.flags = flags
            let isBound = "_G".withCString { module in
                binding.module = module
                return mwl_register(state, &binding, &message, message.count)
            }
            guard isBound else { return false }
        }
        return Array("local host, vm = ... return { try = vm.try, raise = vm.raise }".utf8).withUnsafeBufferPointer {
            source in
            var binding = mwl_binding()
            binding.place = Int32(MWL_PRELUDE.rawValue)
            binding.target = Int32(MWL_IN_GLOBALS.rawValue)
            binding.source = source.baseAddress
            binding.source_size = source.count
            return "prelude".withCString { module in
                binding.module = module
                return mwl_register(state, &binding, &message, message.count)
            }
        }
    }

    /// Runs a chunk; every wait is answered with its own arguments. The outcome of the last report; `nil` when the
    /// task could not be made.
    func run(_ source: String) -> mwl_outcome? {
        var report = mwl_report()
        let task: OpaquePointer? = Array(source.utf8).withUnsafeBufferPointer { bytes in
            "@test.lua".withCString { chunk in
                "main".withCString { name in
                    var description = mwl_source()
                    description.bytes = bytes.baseAddress
                    description.size = bytes.count
                    description.name = chunk
                    description.task = name
                    return mwl_spawn(state, &description, &report)
                }
            }
        }
        guard let task else { return nil }
        var message = mwl_message()
        repeat {
            mwl_resume(state, task, Int32(MWL_VALUES.rawValue), &message, .max, &report)
            message = mwl_message()
        } while report.outcome == MWL_WAITING.rawValue
        var released: UnsafePointer<UInt64>?
        _ = mwl_released(state, &released)
        return mwl_outcome(rawValue: UInt32(report.outcome))
    }

    /// Bytes the state did not give back.
    func close() -> UInt64 {
        guard let state else { return 0 }
        mwl_release(state, references, references.count)
        references = []
        self.state = nil
        return mwl_close(state, nil)
    }

    private func call(_ id: Int32, _ message: mwl_message, _ out: UnsafeMutablePointer<mwl_message>) -> Int32 {
        var cell = mwl_cell()
        var status = MWL_RETURN
        switch Function(rawValue: id) {
        case .add:
            cell.kind = UInt16(MWL_INTEGER.rawValue)
            cell.integer = (message.cells?[0].integer ?? 0) + (message.cells?[1].integer ?? 0)
        case .make:
            lastSlot += 1
            cell.kind = UInt16(MWL_HANDLE.rawValue)
            cell.aux = 1
            cell.slot = lastSlot
            cell.generation = 1
            cell.integer = Int64(lastSlot)
        case .keep:
            for index in 0..<Int(message.count) {
                guard let cell = message.cells?[index], cell.kind == MWL_FUNCTION.rawValue else { continue }
                references.append(Int32(bitPattern: cell.aux))
            }
            cell.kind = UInt16(MWL_TRUE.rawValue)
        case .fail:
            cell.kind = UInt16(MWL_FAILURE.rawValue)
            status = MWL_RAISE
        case .method, .close, .wait, nil:
            cell.kind = UInt16(MWL_NIL.rawValue)
        }
        answer = [cell]
        return answer.withUnsafeBufferPointer { cells in
            out.pointee = mwl_message(cells: cells.baseAddress, count: 1, values: 1)
            return Int32(status.rawValue)
        }
    }

    private func describe(_ out: UnsafeMutablePointer<mwl_class>) {
        members = [
            mwl_member(name: Self.name(5), kind: Int32(UInt8(ascii: "m")), id: 6, flags: MWL_RECEIVER.rawValue),
            mwl_member(
                name: Self.name(6),
                kind: Int32(UInt8(ascii: "c")),
                id: 2,
                flags: MWL_RECEIVER.rawValue | MWL_WAITS.rawValue
            ),
        ]
        members.withUnsafeBufferPointer { members in
            out.pointee = mwl_class(name: Self.name(2), members: members.baseAddress, count: UInt32(members.count))
        }
    }
}
