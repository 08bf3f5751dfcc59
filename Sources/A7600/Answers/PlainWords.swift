public import ATProtocol

/// What a line of an answer means, for those who do not know the numbers.
public enum PlainWords {
    /// Nil: the line speaks for itself, or is not known.
    public static func explain(_ line: Line) -> String? {
        guard let answer = AnswerLine(line) else { return nil }
        switch answer.prefix {
        case "+CSQ": return SignalQuality(line)?.words
        case "+CREG", "+CGREG", "+CEREG": return Registration(line)?.state.words
        case "+CPIN": return PINState(line)?.words
        case "+CGPADDR":
            return PDPAddress(line).map { $0.isActive ? "context \($0.cid) is up" : "context \($0.cid) has no address" }
        case "+CCLK": return ModuleTime(line).flatMap { $0.isSet ? nil : "clock not set" }
        case "+CMQTTDISC": return nil
        case "+CMQTTCONNLOST": return ConnectionLoss(line)?.words
        case "+CMQTTNONET": return ConnectionLoss.networkWords
        case "+CME ERROR": return answer.integer(0).flatMap(EquipmentError.explanation(cme:))
        case "+CMS ERROR": return answer.integer(0).flatMap { EquipmentError.cms[$0] }
        case let prefix where prefix.hasPrefix("+CMQTT"): return result(answer)
        default: return nil
        }
    }

    /// `+CMQTTPUB: 0,17`, and `+CMQTTSTART: 7`, whose result has no index.
    private static func result(_ answer: AnswerLine) -> String? {
        guard answer.fields.count == (answer.prefix == "+CMQTTSTART" || answer.prefix == "+CMQTTSTOP" ? 1 : 2),
            ["+CMQTTSSLCFG", "+CMQTTRXTOPIC", "+CMQTTRXPAYLOAD", "+CMQTTPING"].allSatisfy({ $0 != answer.prefix }),
            let code = answer.integer(answer.fields.count - 1).map(ResultCode.init(rawValue:)),
            code != .succeeded, let name = code.name
        else { return nil }
        return "\(name): \(code.causes)"
    }
}
