internal import ModemSimulator

/// One of the modules that `moonwire sim` serves.
struct ServedModule: Sendable {
    enum Place: Equatable, Sendable {
        case pty(link: String)
        /// Port 0: any free one.
        case tcp(host: String, port: Int)
    }

    /// What status lines and the log call it: the last part of its link, or the number of its TCP port.
    let name: String
    let place: Place
    let configuration: ModuleConfiguration
    let store: ModuleStore?
}

extension ServedModule.Place {
    /// The place of the module with this index: the number at the end of a link counts up, and so does a port.
    ///
    /// - Parameter count: how many there are. A link without a number stays as it is when there is only one.
    func numbered(_ index: Int, of count: Int) -> ServedModule.Place {
        switch self {
        case .pty(let link):
            let digits = link.reversed().prefix { $0.isASCII && $0.isNumber }.count
            let stem = link.dropLast(digits)
            let first = Int(link.suffix(digits))
            guard count > 1 else { return self }
            return .pty(link: stem + String((first ?? 0) + index))
        case .tcp(let host, let port): return .tcp(host: host, port: port == 0 ? 0 : port + index)
        }
    }

    var name: String {
        switch self {
        case .pty(let link): link.split(separator: "/").last.map(String.init) ?? link
        case .tcp(_, let port): String(port)
        }
    }
}
