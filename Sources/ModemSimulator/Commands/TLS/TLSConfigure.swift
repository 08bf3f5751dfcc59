import A7600

/// `AT+CSSLCFG="<keyword>",<ctx>,<value>` (`a7600.md` section 5). Answers are `OK` or `ERROR`, never with a code.
enum TLSConfigure {
    static let handler = CommandHandler("+CSSLCFG", test: test, read: read, write: write)

    private static func test(_ module: inout ModuleState) -> Answer {
        let names = "(5-\(module.profile.nameLimit))"
        return .lines(module.profile.sslKeywords.map { "+CSSLCFG: \"\($0.rawValue)\",(0-9),\($0.range(names: names))" })
    }

    private static func read(_ module: inout ModuleState) -> Answer {
        .ok(module.tls.indices.map { line($0, module) })
    }

    private static func line(_ index: Int, _ module: ModuleState) -> [UInt8] {
        let context = module.tls[index]
        var line = Array("+CSSLCFG: \(index),\(context.version),\(context.authMode),".utf8)
        line += Array("\(context.ignoresLocalTime),\(context.negotiationTime),\"".utf8)
        line += context.ca + Array("\",\"".utf8) + context.certificate + Array("\",\"".utf8) + context.key
        switch module.profile.sslRead {
        case .passwordAndSNI:
            line += Array("\",\"".utf8) + context.passwordFile + Array("\",\(context.sendsServerName)".utf8)
        case .sniKeyPasswordAndCiphers:
            line += Array("\",\(context.sendsServerName),\"".utf8) + context.keyPassword
            line += Array("\",\(context.cipherSuites)".utf8)
        }
        return line
    }

    private static func write(_ module: inout ModuleState, _ arguments: inout ArgumentReader) throws(Refusal) -> Answer
    {
        if arguments.count == 1 {
            let index = try arguments.number()
            guard module.tls.indices.contains(index) else { throw .error }
            return .ok([line(index, module)])
        }
        let name = String(decoding: try arguments.string(), as: UTF8.self)
        guard let keyword = Profile.SSLKeyword(rawValue: name), module.profile.sslKeywords.contains(keyword) else {
            throw .error
        }
        let index = try arguments.number()
        guard module.tls.indices.contains(index) else { throw .error }
        try set(keyword, index, &module, &arguments)
        return .ok
    }

    private static func set(
        _ keyword: Profile.SSLKeyword,
        _ index: Int,
        _ module: inout ModuleState,
        _ arguments: inout ArgumentReader
    ) throws(Refusal) {
        switch keyword {
        case .sslversion: module.tls[index].version = try number(&arguments, 0...4)
        case .authmode: module.tls[index].authMode = try number(&arguments, 0...3)
        case .ignorelocaltime: module.tls[index].ignoresLocalTime = try number(&arguments, 0...1)
        case .negotiatetime: module.tls[index].negotiationTime = try number(&arguments, 10...300)
        case .enableSNI: module.tls[index].sendsServerName = try number(&arguments, 0...1)
        case .cacert: module.tls[index].ca = try fileName(&arguments, module)
        case .clientcert: module.tls[index].certificate = try fileName(&arguments, module)
        case .clientkey: module.tls[index].key = try fileName(&arguments, module)
        case .password: module.tls[index].passwordFile = try fileName(&arguments, module)
        case .keypwd:
            let value = try arguments.string()
            try arguments.end()
            guard value.count <= 128 else { throw .error }
            module.tls[index].keyPassword = value
        case .ciphersuites:
            let value = String(decoding: try arguments.bareWord(), as: UTF8.self)
            try arguments.end()
            guard value.hasPrefix("0x") || value.hasPrefix("0X"), let number = Int(value.dropFirst(2), radix: 16),
                (0x002F...0xFFFF).contains(number)
            else { throw .error }
            module.tls[index].cipherSuites = value
        }
    }

    private static func number(_ arguments: inout ArgumentReader, _ range: ClosedRange<Int>) throws(Refusal) -> Int {
        let value = try arguments.number()
        try arguments.end()
        guard range.contains(value) else { throw .error }
        return value
    }

    private static func fileName(_ arguments: inout ArgumentReader, _ module: ModuleState) throws(Refusal) -> [UInt8] {
        let name = try arguments.fileName()
        try arguments.end()
        guard module.isFileName(name) else { throw .error }
        if module.profile.certExists, module.files.content(of: name) == nil { throw .error }
        return name
    }
}

extension Profile.SSLKeyword {
    fileprivate func range(names: String) -> String {
        switch self {
        case .sslversion: "(0-4)"
        case .authmode: "(0-3)"
        case .ignorelocaltime, .enableSNI: "(0,1)"
        case .negotiatetime: "(10-300)"
        case .cacert, .clientcert, .clientkey, .password: names
        case .keypwd: "(0-128)"
        case .ciphersuites: "(0x002F,0Xffff)"
        }
    }
}
