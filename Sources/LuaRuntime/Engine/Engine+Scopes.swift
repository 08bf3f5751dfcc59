/// `task.scope` on the host's side: who belongs to whom, who failed first.
extension Engine {
    func openScope(name: String?, timeout: Duration?, isLenient: Bool) throws(LuaFailure) -> UInt64 {
        guard let owner = current else { throw LuaFailure(.internal, "no task to open a scope in") }
        lastScopeID += 1
        let scope = Scope(id: lastScopeID, name: name, owner: owner, isLenient: isLenient)
        scopes[scope.id] = scope
        owner.scopes.append(scope)
        if let timeout {
            scope.timer = timers.add(at: host.clock.monotonic + timeout.wholeNanoseconds) { [unowned self] in
                scope.timer = nil
                scope.timedOut = true
                wind(down: scope, reason: .timeout)
            }
        }
        return scope.id
    }

    func spawnChild(
        of scopeID: UInt64,
        _ function: LuaFunctionReference,
        name: String?,
        location: String?
    ) throws(LuaFailure) -> PendingSpawn {
        guard let scope = scopes[scopeID], !scope.isOver else {
            throw LuaFailure(.closed, "the scope has ended")
        }
        guard tasks.count + pendingChildren < program.limits.tasks else {
            throw LuaFailure(.error, "too many tasks (\(program.limits.tasks))")
        }
        lastTaskID += 1
        let id = lastTaskID
        let name = name ?? "task \(id)"
        let spawn = PendingSpawn(
            id: id,
            scope: scope,
            function: function,
            name: name,
            location: location,
            parent: current
        )
        pendingSpawns.append(spawn)
        return spawn
    }

    /// A synchronous call cannot enter the VM: what it spawned starts when it has returned to the host.
    func startPendingSpawns() {
        if pendingSpawns.isEmpty { return }
        let spawns = pendingSpawns
        pendingSpawns = []
        for spawn in spawns {
            do throws(LuaFailure) {
                let task = try self.spawn(
                    .function(spawn.function),
                    name: spawn.name,
                    role: .child(scope: spawn.scope),
                    parent: spawn.parent,
                    location: spawn.location,
                    id: spawn.id
                )
                spawn.scope.children.append(task)
                if spawn.scope.isOver || spawn.isCancelled {
                    cancel(task, TaskRecord.Cancellation(scope: nil, reason: .scope))
                }
            } catch {
                fail(error)
            }
        }
    }

    /// Cancels the children, innermost first, and the body.
    func wind(down scope: Scope, reason: TaskRecord.Reason) {
        for child in scope.children.reversed() where !child.isEnded {
            cancel(child, TaskRecord.Cancellation(scope: nil, reason: .scope))
        }
        if scope.closer == nil, !scope.owner.isEnded {
            cancel(scope.owner, TaskRecord.Cancellation(scope: scope, reason: reason))
        }
    }

    /// The owner waits here for its children; ends with (first failed child, its later ones, whether time was over).
    func closeScope(_ scopeID: UInt64, owner: TaskRecord) throws(LuaFailure) {
        guard let scope = scopes[scopeID] else { throw LuaFailure(.closed, "the scope has ended") }
        scope.isOver = true
        scope.closer = owner.sequence
        for child in scope.children.reversed() where !child.isEnded {
            cancel(child, TaskRecord.Cancellation(scope: nil, reason: .scope))
        }
        finishScopeIfDone(scope)
    }

    private func finishScopeIfDone(_ scope: Scope) {
        guard let closer = scope.closer, scope.children.allSatisfy(\.isEnded) else { return }
        let owner = scope.owner
        remove(scope)
        withdrawCancellations(of: scope, from: owner)
        wake(
            owner,
            sequence: closer,
            .values([
                scope.firstFailed.map { .integer(Int64($0)) } ?? .nil,
                .list(scope.suppressed.map { .integer(Int64($0)) }), .boolean(scope.timedOut),
            ])
        )
    }

    private func remove(_ scope: Scope) {
        scope.isOver = true
        if let timer = scope.timer { timers.cancel(timer) }
        scope.owner.scopes.removeAll { $0 === scope }
        scopes[scope.id] = nil
    }

    func childEnded(_ task: TaskRecord, in scope: Scope) {
        let isObserved = task.joiners.contains(where: \.observesFailure)
        if let failure = task.failure, !isExpected(failure, of: task), !scope.isLenient, !isObserved {
            if scope.firstFailed == nil {
                scope.firstFailed = task.id
                wind(down: scope, reason: .scope)
            } else if scope.suppressed.count < 8 {
                scope.suppressed.append(task.id)
            }
        }
        for joiner in task.joiners {
            wake(joiner.task, sequence: joiner.sequence, .values([joiner.value]))
        }
        task.joiners = []
        scope.children.removeAll { $0 === task }
        finishScopeIfDone(scope)
    }

    /// A task that ended without closing its scopes: only when it was killed. Their children are cancelled.
    func closeAbandonedScopes(of task: TaskRecord) {
        for scope in task.scopes.reversed() {
            for child in scope.children.reversed() where !child.isEnded {
                cancel(child, TaskRecord.Cancellation(scope: nil, reason: .scope))
            }
            if let timer = scope.timer { timers.cancel(timer) }
            scope.isOver = true
            scope.closer = nil
            scopes[scope.id] = nil
        }
        task.scopes = []
    }

    /// A task that was told to end and did: no failure of its own.
    func isExpected(_ failure: LuaFailure, of task: TaskRecord) -> Bool {
        failure.kind == .cancelled && (!task.cancellations.isEmpty || cause != nil)
            || isKilled
    }

    /// `join` and races: wakes the task when one of `ids` has ended, with its place in the list.
    func join(_ ids: [UInt64], _ joiner: TaskRecord, observesFailure: Bool) {
        let sequence = joiner.sequence
        for (index, id) in ids.enumerated() where tasks[id] == nil {
            wake(joiner, sequence: sequence, .values([.integer(Int64(index + 1))]))
            return
        }
        for (index, id) in ids.enumerated() {
            tasks[id]?.joiners.append(
                TaskRecord.Joiner(
                    task: joiner,
                    sequence: sequence,
                    observesFailure: observesFailure,
                    value: .integer(Int64(index + 1))
                )
            )
        }
    }

    func taskState(_ id: UInt64) -> String {
        if pendingSpawns.contains(where: { $0.id == id }) { return "ready" }
        guard let task = tasks[id] else { return "ended" }
        switch task.state {
        case .ready: return task === current ? "running" : "ready"
        case .parked: return "waiting"
        case .ended: return "ended"
        }
    }

    func cancelTask(_ id: UInt64) {
        if let task = tasks[id] {
            cancel(task, TaskRecord.Cancellation(scope: nil, reason: .task))
        } else if let index = pendingSpawns.firstIndex(where: { $0.id == id }) {
            pendingSpawns[index].isCancelled = true
        }
    }
}

struct PendingSpawn {
    let id: UInt64
    let scope: Scope
    let function: LuaFunctionReference
    let name: String
    let location: String?
    let parent: TaskRecord?
    var isCancelled = false
}
