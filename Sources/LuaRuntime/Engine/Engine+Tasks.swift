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

    /// Ends the wait of a task, unless it is no longer the one meant.
    func wake(_ task: TaskRecord, sequence: UInt64, _ resumption: Resumption) {
        guard task.sequence == sequence, task.state == .parked else {
            usage.lateCompletions += 1
            return
        }
        task.sequence += 1
        if let beginning, task === beginning.takeUnretainedValue() {
            self.beginning = nil
            if isAnswerImmediate {
                task.state = .ready
                immediate = resumption
                return
            }
        }
        enqueue(task, resumption)
    }

    /// A wait that is answered at once costs no turn, unless others are ready, or for the 64th time in a row: timers and
    /// other threads have their say.
    private var isAnswerImmediate: Bool { readyHead == ready.count && answersLeft > 0 }

    /// What a function answers while it begins goes straight into the message that resumes its task.
    func succeed(_ tag: LuaCompletion.Tag, _ values: [LuaValue]) {
        guard let beginning, tag == beginningTag, isAnswerImmediate else { return complete(tag, .success(values)) }
        self.beginning = nil
        beginning._withUnsafeGuaranteedRef { task in
            task.sequence += 1
            task.state = .ready
        }
        outgoing.reset()
        outgoing.append(values, objects: objects)
        isWritten = true
    }

    func complete(_ completion: LuaCompletion.Tag, _ result: Result<[LuaValue], LuaFailure>) {
        let slot = Int(completion.task & 0xffff_ffff)
        guard slots.indices.contains(slot), let task = slots[slot].task, task.address == completion.task
        else {
            usage.lateCompletions += 1
            return
        }
        switch result {
        case .success(let values): wake(task, sequence: completion.sequence, .values(values))
        case .failure(let failure): wake(task, sequence: completion.sequence, .failure(failure))
        }
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

    /// A call that somebody kept stays as it is.
    private func renewCall() {
        if isKnownUniquelyReferenced(&call) { return }
        call = LuaCall(host: host)
        unretainedCall = .passUnretained(call)
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

    private func park(_ task: TaskRecord) {
        functions[report.pointee.id]._withUnsafeGuaranteedRef { park(task, in: $0) }
    }

    private func park(_ task: TaskRecord, in entry: FunctionTable.Entry) {
        var reader = CellReader(report.pointee.message, objects: objects, host: host)
        renewCall()
        task.state = .parked
        task.waitFunction = .passUnretained(entry)
        if task.abort != nil { task.abort = nil }
        task.timer = 0
        let sequence = task.sequence
        do throws(LuaFailure) {
            let (count, location) = (report.pointee.message.values, report.pointee.location)
            let failure = unretainedCall._withUnsafeGuaranteedRef {
                $0.fill(entry, of: task, from: &reader, count: count, location: location)
            }
            if let failure { throw failure }
            if !pendingSpawns.isEmpty { startPendingSpawns() }
            if report.pointee.run_phase != MWL_PHASE_RUN.rawValue { noticePhases(report.pointee) }
            guard task.sequence == sequence, task.state == .parked else { return }
            beginningTag = tag(of: task)
            beginning = .passUnretained(task)
            defer { beginning = nil }
            guard let abort = try begin(entry, of: task) else { return }
            if task.sequence == sequence, task.state == .parked { task.abort = abort }
        } catch {
            wake(task, sequence: sequence, .failure(error))
        }
    }

    private func begin(_ entry: FunctionTable.Entry, of task: TaskRecord) throws(LuaFailure) -> LuaFunction.Abort? {
        if entry.isWaiting {
            return unretainedHost._withUnsafeGuaranteedRef { host in
                unretainedCall._withUnsafeGuaranteedRef { call in
                    entry.waiting(call, LuaCompletion(tag: beginningTag, host: host))
                }
            }
        }
        switch entry.body {
        case .async(let body):
            return begin(body, call, LuaCompletion(tag: beginningTag, host: host))
        case .engineWait(let body):
            return try body(self, task, call.arguments)
        case .waiting, .synchronous, .engineCall, .property, .description:
            preconditionFailure("a synchronous function was bound as a waiting one")
        }
    }

    private func tag(of task: TaskRecord) -> LuaCompletion.Tag {
        LuaCompletion.Tag(task: task.address, sequence: task.sequence)
    }

    func completion(of task: TaskRecord) -> LuaCompletion {
        LuaCompletion(tag: tag(of: task), host: host)
    }

    /// The Swift task is the engine's: it is awaited before the VM closes, and removes itself.
    private func begin(
        _ body: @escaping @Sendable (LuaCall) async throws -> [LuaValue],
        _ call: LuaCall,
        _ completion: LuaCompletion
    ) -> LuaFunction.Abort {
        lastAsyncID += 1
        let id = lastAsyncID
        let host = host
        let work = Task {
            let result: Result<[LuaValue], LuaFailure>
            do {
                result = .success(try await body(call))
            } catch let failure as LuaFailure {
                result = .failure(failure)
            } catch is CancellationError {
                result = .failure(LuaFailure(.cancelled, "cancelled"))
            } catch {
                result = .failure(LuaFailure(.internal, "\(call.arguments.function): \(error)"))
            }
            completion.complete(result)
            host.order(.run { $0.asyncTasks[id] = nil })
        }
        asyncTasks[id] = work
        return { work.cancel() }
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
