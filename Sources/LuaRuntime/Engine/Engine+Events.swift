import Synchronization

/// Ports, subscriptions and their handlers.
extension Engine {
    static let drainLimit = 64

    func drainPorts() {
        let ports = scheduledPorts
        scheduledPorts = []
        for port in ports {
            let (events, hasMore, losses) = port.ring.withLock { ring in
                let taken = ring.take(Self.drainLimit)
                return (taken.events, taken.hasMore, ring.takeLosses())
            }
            for loss in losses { countLoss(loss.subscription, loss.count, port: port) }
            for event in events { take(event) }
            if hasMore { scheduledPorts.append(port) }
        }
    }

    private func take(_ event: LuaEventPort.Event) {
        switch event {
        case .complete(let completion, let result):
            complete(completion.tag, result)
        case .deliver(let subscription, let values):
            guard let handler = handlers[ObjectIdentifier(subscription)], !handler.isEnding,
                !subscription.isClosed, stage == .running, cause == nil
            else { return }
            deliver(values, to: handler)
        case .end(let subscription):
            guard let handler = handlers[ObjectIdentifier(subscription)] else { return }
            handler.isEnding = true
            startHandler(handler)
        }
    }

    private func deliver(_ values: [LuaValue], to handler: Handler) {
        handler.queue.append(values)
        if handler.queue.count > handler.subscription.queueLimit {
            handler.queue.removeFirst()
            countDropped(1, by: handler.subscription)
            if !handler.hasWarned {
                handler.hasWarned = true
                log(
                    .warning,
                    "\(handler.subscription.name): the handler is slower than its events come; the oldest are dropped"
                )
            }
        }
        startHandler(handler)
    }

    private func countLoss(_ subscription: LuaSubscription, _ count: Int, port: LuaEventPort) {
        countDropped(count, by: subscription)
        if let handler = handlers[ObjectIdentifier(subscription)], !handler.hasWarned {
            handler.hasWarned = true
            log(.warning, "\(port.name): more events than the script can take; the oldest are dropped")
        }
    }

    private func countDropped(_ count: Int, by subscription: LuaSubscription) {
        usage.droppedEvents += count
        subscription.state.withLock { $0.dropped += count }
    }

    func adopt(_ subscription: LuaSubscription) {
        guard stage == .running, !subscription.isClosed else {
            subscription.close()
            return
        }
        handlers[ObjectIdentifier(subscription)] = Handler(subscription)
        let host = host
        subscription.whenClosed { [weak subscription] in
            guard let subscription else { return }
            host.order(.run { $0.forget(subscription) })
        }
    }

    /// Closed: what waits is dropped; a handler that runs goes on.
    private func forget(_ subscription: LuaSubscription) {
        handlers[ObjectIdentifier(subscription)]?.queue = []
        handlers[ObjectIdentifier(subscription)] = nil
    }

    /// One event at a time: the next starts when the one before has ended.
    private func startHandler(_ handler: Handler) {
        guard handler.task == nil, stage == .running, cause == nil else { return }
        guard !handler.queue.isEmpty else {
            if handler.isEnding { handler.subscription.close() }
            return
        }
        guard let function = handler.subscription.state.withLock({ $0.function }) else { return }
        let values = handler.queue.removeFirst()
        do throws(LuaFailure) {
            handler.task = try spawn(
                .function(function),
                name: handler.subscription.name,
                role: .handler(handler),
                arguments: values,
                parent: main
            )
        } catch {
            fail(error)
        }
    }

    func handlerEnded(_ handler: Handler, _ task: TaskRecord) {
        handler.task = nil
        if let failure = task.failure, !isExpected(failure, of: task) {
            switch handler.subscription.onError {
            case .failRun:
                handler.subscription.close()
                fail(failure)
            case .log:
                log(.error, "\(handler.subscription.name): \(failure)", task: task)
            }
        }
        if !handler.subscription.isClosed { startHandler(handler) }
    }

    func closeSubscriptions() {
        for handler in Array(handlers.values) {
            handler.queue = []
            handler.subscription.close()
        }
        handlers = [:]
    }
}
