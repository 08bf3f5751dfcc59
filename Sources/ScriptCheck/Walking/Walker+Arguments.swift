import LuaRuntime
import LuaSyntax

/// Arguments against what the reference says of them.
extension Walker {
    mutating func check(_ callable: Callable, _ arguments: [Expression], _ types: [ValueType], line: Int) {
        let parameters = callable.function.documentation.parameters
        let place = Place(path: callable.path, line: line)
        for (position, parameter) in parameters.enumerated() where parameter.name != "..." {
            guard position < types.count else {
                demand(parameter, position, given: arguments, place)
                continue
            }
            let argument = position < arguments.count ? arguments[position] : nil
            // `subscribe(filter, fn)`: a function may stand where options are left out.
            if parameter.isOptional, types[position].typeName == "function",
                parameters.dropFirst(position + 1).contains(where: { $0.type.hasPrefix("fun(") })
            {
                break
            }
            check(argument, types[position], parameter, "argument #\(position + 1) of \(callable.path)", place)
        }
        switch callable.path {
        case "moonwire.require": checkVersion(types.first, line: line)
        case "modem:at", "modem:try": checkCommandLine(arguments, types, place)
        default: break
        }
    }

    struct Place {
        var path: String
        var line: Int
        var doc: String { "`moonwire doc \(path)` says more" }
    }

    private mutating func demand(
        _ parameter: LuaDocumentation.Parameter,
        _ position: Int,
        given arguments: [Expression],
        _ place: Place
    ) {
        let isOpen = arguments.last.map(Self.mayGiveSeveral) ?? false
        let notation = TypeNotation(parameter.type)
        guard !isOpen, !parameter.isOptional, !notation.allowsNil else { return }
        report(
            place.line,
            .argument,
            "\(place.path) is called without argument #\(position + 1), \(parameter.name)",
            place.doc
        )
    }

    /// One value, an argument or an option; `what` names it.
    private mutating func check(
        _ expression: Expression?,
        _ type: ValueType,
        _ parameter: LuaDocumentation.Parameter,
        _ what: String,
        _ place: Place
    ) {
        let line = expression?.line ?? place.line
        let notation = TypeNotation(parameter.type)
        if case .constant(.nil) = type, parameter.isOptional { return }
        guard notation.accepts(type, knowledge) else {
            report(
                line,
                .argument,
                "\(what) is a \(type.typeName ?? "value"), \(parameter.type) expected",
                place.doc
            )
            return
        }
        if let constant = type.constant { checkValue(constant, parameter, what, line: line, place) }
        if case .table(let fields)? = expression?.kind { checkOptions(fields, parameter, place, line: line) }
    }

    private mutating func checkValue(
        _ constant: Constant,
        _ parameter: LuaDocumentation.Parameter,
        _ what: String,
        line: Int,
        _ place: Place
    ) {
        let isSpan = parameter.unit == "s" && parameter.type == "number|string"
        if isSpan {
            switch LuaDuration.parse(constant.luaValue) {
            case .failure(let problem):
                // The runtime's words hold both: what is wrong, and what to do.
                let parts = problem.message.split(separator: ";", maxSplits: 1)
                let advice = parts.count == 2 ? String(parts[1].drop { $0 == " " }) : place.doc
                report(line, .argument, "\(what): \(parts.first ?? "")", advice)
            case .success(let span):
                guard let range = parameter.range else { return }
                let allowed = Duration.seconds(range.lowerBound)...Duration.seconds(range.upperBound)
                if !allowed.contains(span) { outOfRange(constant.shown, range, what, line: line, place) }
            }
            return
        }
        switch constant {
        case .integer(let value):
            if let range = parameter.range, !range.contains(value) {
                outOfRange("\(value)", range, what, line: line, place)
            }
        case .number(let value):
            if let range = parameter.range, value < Double(range.lowerBound) || value > Double(range.upperBound) {
                outOfRange("\(value)", range, what, line: line, place)
            }
        case .string(let bytes):
            checkText(bytes, parameter, what, line: line, place)
        case .nil, .boolean: break
        }
    }

    private mutating func checkText(
        _ bytes: [UInt8],
        _ parameter: LuaDocumentation.Parameter,
        _ what: String,
        line: Int,
        _ place: Place
    ) {
        let text = String(decoding: bytes, as: UTF8.self)
        if !parameter.choices.isEmpty, !parameter.choices.contains(text) {
            let advice =
                Suggestion.nearest(to: text, among: parameter.choices).map { "did you mean '\($0)'?" } ?? place.doc
            let list = parameter.choices.map { "'\($0)'" }.joined(separator: ", ")
            report(line, .argument, "\(what): '\(text)' is none of \(list)", advice)
        }
        if parameter.unit == "bytes", let range = parameter.range, !range.contains(Int64(bytes.count)) {
            outOfRange("\(bytes.count) bytes", range, what, line: line, place)
        }
    }

    private mutating func outOfRange(
        _ shown: String,
        _ range: ClosedRange<Int64>,
        _ what: String,
        line: Int,
        _ place: Place
    ) {
        report(line, .argument, "\(what): \(shown) is not in \(range.lowerBound)…\(range.upperBound)", place.doc)
    }

    // MARK: Options

    private mutating func checkOptions(
        _ fields: [TableField],
        _ parameter: LuaDocumentation.Parameter,
        _ place: Place,
        line: Int
    ) {
        guard !parameter.options.isEmpty else { return }
        let isOpen = parameter.type.hasPrefix("table<")
        var given: Set<String> = []
        var isComputed = false
        for field in fields {
            let name: String
            switch field.key {
            case .item: continue
            case .name(let written): name = written
            case .computed(let key):
                guard let text = type(of: key).text else {
                    isComputed = true
                    continue
                }
                name = text
            }
            given.insert(name)
            guard let option = parameter.options.first(where: { $0.name == name }) else {
                if !isOpen { unknown(name, among: parameter.options.map(\.name), place, line: field.line) }
                continue
            }
            check(field.value, type(of: field.value), option, "option '\(name)' of \(place.path)", place)
        }
        guard !isComputed else { return }
        for option in parameter.options where !option.isOptional && !given.contains(option.name) {
            report(line, .option, "\(place.path) is called without option '\(option.name)'", place.doc)
        }
    }

    private mutating func unknown(_ name: String, among known: [String], _ place: Place, line: Int) {
        let advice =
            Suggestion.nearest(to: name, among: known).map { "did you mean '\($0)'?" }
            ?? "there are: \(known.joined(separator: ", "))"
        report(line, .option, "\(place.path) has no option '\(name)'", advice)
    }

    // MARK: Particular functions

    private mutating func checkVersion(_ type: ValueType?, line: Int) {
        guard case .constant(.integer(let wanted))? = type, wanted != version else { return }
        findings.removeAll { $0.line == line && $0.text.hasPrefix("argument #1 of moonwire.require") }
        report(
            line,
            .require,
            "the script wants version \(wanted) of the script interface, this is \(version)",
            "use the program's matching version, or look up what has changed"
        )
    }

    /// A constant command line that no firmware profile would take.
    private mutating func checkCommandLine(_ arguments: [Expression], _ types: [ValueType], _ place: Place) {
        guard case .constant(.string(let line))? = types.first, arguments.count <= 2 else { return }
        var data: [UInt8]?
        if arguments.count == 2 {
            guard case .table(let fields) = arguments[1].kind else { return }
            for field in fields {
                guard case .name(let name) = field.key else { return }
                switch name {
                case "data":
                    guard case .constant(.string(let bytes)) = type(of: field.value) else { return }
                    data = bytes
                case "check": return
                default: break
                }
            }
        }
        guard let problem = refusal(line, data) else { return }
        report(place.line, .argument, "argument #1 of \(place.path): \(problem)", "check = false sends it as it is")
    }
}

extension Constant {
    fileprivate var luaValue: LuaValue {
        switch self {
        case .nil: .nil
        case .boolean(let value): .boolean(value)
        case .integer(let value): .integer(value)
        case .number(let value): .number(value)
        case .string(let bytes): .string(bytes)
        }
    }
}
