package import LuaRuntime

/// What a run has to say, without the values of its secrets.
extension LuaFailure {
    package func masked(_ secrets: KnownSecrets) -> LuaFailure {
        var copy = self
        copy.message = secrets.masked(message)
        copy.name = name.map(secrets.masked)
        copy.hint = hint.map(secrets.masked)
        copy.command = command.map(secrets.masked)
        copy.lines = lines.map { secrets.masked($0) }
        copy.before = before.map { secrets.masked($0) }
        copy.urcs = urcs.map { secrets.masked($0) }
        copy.traceback = traceback.map(secrets.masked)
        copy.suppressed = suppressed.map { $0.masked(secrets) }
        copy.extra = extra.masked(secrets)
        return copy
    }
}

extension Measurement {
    func masked(_ secrets: KnownSecrets) -> Measurement {
        var copy = self
        copy.name = secrets.masked(name)
        copy.value = value.masked(secrets)
        return copy
    }
}

extension RunLog {
    func masked(_ secrets: KnownSecrets) -> RunLog {
        var copy = self
        copy.message = secrets.masked(message)
        copy.fields = fields.map { $0.masked(secrets) }
        return copy
    }
}

extension LuaValue {
    package func masked(_ secrets: KnownSecrets) -> LuaValue {
        switch self {
        case .string(let bytes): .string(secrets.masked(bytes))
        case .table(let table): .table(table.masked(secrets))
        case .nil, .boolean, .integer, .number, .object, .function: self
        }
    }
}

extension LuaTable {
    fileprivate func masked(_ secrets: KnownSecrets) -> LuaTable {
        var copy = self
        copy.items = items.map { $0.masked(secrets) }
        copy.pairs = pairs.map { $0.masked(secrets) }
        return copy
    }
}

extension LuaTable.Pair {
    fileprivate func masked(_ secrets: KnownSecrets) -> LuaTable.Pair {
        var copy = self
        if case .string(let bytes) = key { copy.key = .string(secrets.masked(bytes)) }
        copy.value = value.masked(secrets)
        return copy
    }
}

extension LuaEvaluation {
    package func masked(_ secrets: KnownSecrets) -> LuaEvaluation {
        switch self {
        case .values(let values): .values(values.map { $0.masked(secrets) })
        case .failed(let failure): .failed(failure.masked(secrets))
        case .incomplete, .ended: self
        }
    }
}
