import CLuaShim

/// Starting, resuming, waiting, cancelling.
extension Engine {
    /// What a task is made of.
    enum Source {
        case chunk([UInt8], name: String)
        case function(LuaFunctionReference)
    }

    var liveTasks: Int { tasks.count }

    /// A new task at the end of the ready queue.
    func spawn(
        _ source: Source,
        name: String,
        role: TaskRecord.Role,
        arguments: [LuaValue] = [],
        parent: TaskRecord? = nil,
        location: String? = nil,
        id: UInt64? = nil
    ) throws(LuaFailure) -> TaskRecord {
        guard let state else { throw LuaFailure(.closed, "the VM has ended") }
        let isCleanup = if case .cleanup = role { true } else { false }
        guard let pointer = try start(source, name: name, isCleanup: isCleanup, state: state) else {
            throw LuaFailure(.memory, "not enough memory for a task")
        }
        let slot = takeSlot()
        if id == nil { lastTaskID += 1 }
        let task = TaskRecord(
            id: id ?? lastTaskID,
            address: UInt64(slots[slot].generation) << 32 | UInt64(slot),
            name: name,
            parent: parent?.name,
            spawnedAt: location,
            role: role,
            pointer: pointer
        )
        slots[slot].task = task
        tasks[task.id] = task
        usage.tasks = max(usage.tasks, tasks.count)
        enqueue(task, .start(arguments))
        return task
    }

    private func start(_ source: Source, name: String, isCleanup: Bool, state: OpaquePointer) throws(LuaFailure)
        -> OpaquePointer?
    {
        var report = mwl_report()
        let pointer: OpaquePointer? = name.withCString { task in
            var description = mwl_source()
            description.task = task
            description.cleanup = isCleanup
            switch source {
            case .function(let reference):
                description.function = reference.reference
                return mwl_spawn(state, &description, &report)
            case .chunk(let bytes, let chunk):
                return bytes.withUnsafeBufferPointer { bytes in
                    chunk.withCString { chunk in
                        description.bytes = bytes.baseAddress
                        description.size = bytes.count
                        description.name = chunk
                        return mwl_spawn(state, &description, &report)
                    }
                }
            }
        }
        if pointer == nil { throw CellReader.failure(report, objects: objects, host: host) }
        return pointer
    }

    private func takeSlot() -> Int {
        if let slot = freeSlots.popLast() { return slot }
        slots.append(TaskSlot(generation: 1))
        return slots.count - 1
    }

    func enqueue(_ task: TaskRecord, _ resumption: Resumption) {
        task.state = .ready
        ready.append((task, resumption))
    }

    /// Runs the task until it waits for something that is not there yet.
    func run(_ task: TaskRecord, _ resumption: Resumption) {
        current = task
        answersLeft = 64
        resume(task, resumption)
        while true {
            if isWritten {
                isWritten = false
                enter(task, MWL_VALUES)
            } else if let answer = immediate.take() {
                resume(task, answer)
            } else {
                break
            }
            answersLeft -= 1
        }
        current = nil
        renewCall()
        call.clear()
        if task.state == .parked { task.waitSince = host.clock.monotonic }
    }

    private func resume(_ task: TaskRecord, _ resumption: Resumption) {
        guard !task.isEnded else { return }
        outgoing.reset()
        switch resumption {
        case .start(let values), .values(let values):
            outgoing.append(values, objects: objects)
            enter(task, MWL_VALUES)
        case .failure(let failure):
            outgoing.append(failure, objects: objects)
            enter(task, MWL_ERROR)
        case .cancel:
            enter(task, MWL_CANCEL)
        }
    }

    /// Resumes the task with what stands in ``outgoing``.
    private func enter(_ task: TaskRecord, _ mode: mwl_mode) {
        guard let state else { return }
        var message = outgoing.seal()
        mwl_resume(state, task.pointer, Int32(mode.rawValue), &message, .max, report)
        task.isUnwinding = report.pointee.task_raised
        if report.pointee.outcome == MWL_WAITING.rawValue {
            park(task)
        } else {
            takeEnd(report.pointee, of: task)
        }
    }

    private func takeEnd(_ report: mwl_report, of task: TaskRecord) {
        if report.outcome == MWL_FINISHED.rawValue {
            var reader = CellReader(report.message, objects: objects, host: host)
            let values = results(&reader, count: report.message.values)
            startPendingSpawns()
            noticePhases(report)
            end(task, .success(values))
        } else {
            let isByForce = report.task_phase == MWL_PHASE_KILL.rawValue || report.run_phase == MWL_PHASE_KILL.rawValue
            var failure =
                isByForce
                ? LuaFailure(.cancelled, "ended by force: it went on after it was cancelled")
                : CellReader.failure(report, objects: objects, host: host)
            failure.task = failure.task ?? task.name
            failure.parent = failure.parent ?? task.parent
            if let traceback = failure.traceback, task.parent != nil, !traceback.contains("\nin task ") {
                failure.traceback = traceback + "\n" + task.chain
            }
            startPendingSpawns()
            noticePhases(report)
            end(task, .failure(failure))
        }
    }

    /// What a task returned; a closed handle among it makes it nothing.
    private func results(_ reader: inout CellReader, count: UInt32) -> [LuaValue] {
        do throws(LuaFailure) {
            return try reader.values(count)
        } catch {
            return []
        }
    }

    func end(_ task: TaskRecord, _ result: Result<[LuaValue], LuaFailure>) {
        task.state = .ended
        tasks[task.id] = nil
        let slot = Int(task.address & 0xffff_ffff)
        slots[slot].task = nil
        slots[slot].generation &+= 1
        freeSlots.append(slot)
        if case .failure(let failure) = result { task.failure = failure }
        closeAbandonedScopes(of: task)
        switch task.role {
        case .main: mainEnded(result)
        case .child(let scope): childEnded(task, in: scope)
        case .handler(let handler): handlerEnded(handler, task)
        case .cleanup: cleanupEnded(task)
        case .evaluation(let reply): reply(LuaEvaluation(result))
        }
    }

    // MARK: Cancelling

    /// Asks one task to end: a parked one at once, another when it waits or computes next.
    func cancel(_ task: TaskRecord, _ cancellation: TaskRecord.Cancellation) {
        guard let state, !task.isEnded else { return }
        let isFirst = task.cancellations.isEmpty
        task.cancellations.append(cancellation)
        if isFirst {
            mwl_cancel(state, task.pointer, Int32(MWL_PHASE_CANCEL.rawValue), cancellation.reason.shim)
        }
        interruptWait(of: task, evenShielded: false)
    }

    /// A scope is over: what it asked of its owner is taken back; what others asked stays.
    func withdrawCancellations(of scope: Scope, from task: TaskRecord) {
        guard let state, !task.isEnded, !task.cancellations.isEmpty else { return }
        let deciding = task.cancellations.first
        task.cancellations.removeAll { $0.scope === scope }
        guard let deciding, deciding.scope === scope else { return }
        mwl_cancel(state, task.pointer, Int32(MWL_PHASE_RUN.rawValue), 0)
        task.isUnwinding = false
        if let next = task.cancellations.first {
            mwl_cancel(state, task.pointer, Int32(MWL_PHASE_CANCEL.rawValue), next.reason.shim)
        }
    }

    func kill(_ task: TaskRecord) {
        guard let state, !task.isEnded else { return }
        mwl_cancel(state, task.pointer, Int32(MWL_PHASE_KILL.rawValue), 0)
        interruptWait(of: task, evenShielded: true)
    }

    func interruptWait(of task: TaskRecord, evenShielded: Bool) {
        guard task.state == .parked, let function = task.waitFunction?.takeUnretainedValue() else { return }
        guard evenShielded || !(function.isShielded || task.isUnwinding) else { return }
        wake(task, sequence: task.sequence, .cancel)
        task.abort?()
        if task.timer != 0 { timers.cancel(task.timer) }
    }
}

extension TaskRecord.Reason {
    var shim: Int32 {
        let reason =
            switch self {
            case .scope: MWL_REASON_SCOPE
            case .timeout: MWL_REASON_TIMEOUT
            case .task: MWL_REASON_TASK
            case .operator: MWL_REASON_OPERATOR
            }
        return Int32(reason.rawValue)
    }
}
