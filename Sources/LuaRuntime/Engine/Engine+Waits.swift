import CLuaShim

/// Waits: how they begin, and how they are answered.
extension Engine {
    func park(_ task: TaskRecord) {
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

    /// A call that somebody kept stays as it is.
    func renewCall() {
        if isKnownUniquelyReferenced(&call) { return }
        call = LuaCall(host: host)
        unretainedCall = .passUnretained(call)
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

    /// Too late. Objects that no script holds learn that none will.
    private func refuse(_ result: Result<[LuaValue], LuaFailure>) {
        usage.lateCompletions += 1
        guard case .success(let values) = result else { return }
        for case .object(let object) in values where !objects.holds(object) {
            object.luaRefused()
        }
    }

    func complete(_ completion: LuaCompletion.Tag, _ result: Result<[LuaValue], LuaFailure>) {
        let slot = Int(completion.task & 0xffff_ffff)
        guard slots.indices.contains(slot), let task = slots[slot].task, task.address == completion.task
        else {
            return refuse(result)
        }
        guard task.sequence == completion.sequence, task.state == .parked else { return refuse(result) }
        switch result {
        case .success(let values): wake(task, sequence: completion.sequence, .values(values))
        case .failure(let failure): wake(task, sequence: completion.sequence, .failure(failure))
        }
    }
}
