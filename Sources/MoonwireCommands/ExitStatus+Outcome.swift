internal import LuaRuntime
internal import ModemScripting
internal import ModemSession
internal import ModemTransports
internal import MosquittoUplink

extension ExitStatus {
    /// What a finished run means. A script error is 3; a modem command that failed is 1, for the script was right.
    init(report: RunReport, ending: LuaOutcome.Ending, signal: Int32?) {
        if let signal {
            self = signal == 15 ? .terminated : .interrupted
            return
        }
        if case .refused = ending {
            self = .usage
            return
        }
        self =
            switch report.outcome {
            case .pass, .skip: .pass
            case .fail: .failed
            case .timeout: .timeout
            case .aborted: .aborted
            case .error: report.failure.map { Self(failure: $0) } ?? .scriptError
            }
    }

    /// What an uncaught error means, by its kind. An `error` without a command is not the modem's: a module that is not
    /// found, a limit of the run, a file that cannot be read.
    private init(failure: LuaFailure) {
        switch failure.kind {
        case .timeout: self = .timeout
        case .error: self = failure.command == nil ? .scriptError : .failed
        case .check, .cme, .cms, .mqtt, .lost, .prompt, .closed, .protocol: self = .failed
        case .cancelled: self = .aborted
        default: self = .scriptError  // argument, denied, memory, internal, script, and what a script made up.
        }
    }

    /// Why a port could not be opened.
    init(_ error: TransportError) {
        switch error.code {
        case .busy: self = .portBusy
        case .notFound, .permissionDenied, .unsuitable, .unreachable, .system, .differentModule: self = .notFound
        }
    }
}

extension CommandFailure {
    /// What an error that ends a command means; nil: one that is none of ours.
    init?(_ error: any Error) {
        switch error {
        case let failure as CommandFailure: self = failure
        case let error as TransportError: self.init(error)
        case let error as PortAddressError: self.init(.usage, error.description)
        case let error as PrivateBrokerError: self.init(error)
        default: return nil
        }
    }

    init(_ error: TransportError) {
        self.init(ExitStatus(error), error.description)
    }

    init(_ error: PrivateBrokerError) {
        self.init(.notFound, error.description)
    }
}
