internal import A7600

/// What `moonwire --version` says.
enum Version {
    static let number = "0.1.0"
    /// The script API this program offers; `moonwire.require(1)` pins it.
    static let scriptAPI = 1

    static var text: String {
        "moonwire \(number)\nscript API \(scriptAPI)\nprofiles \(Profile.allNames.joined(separator: " "))"
    }
}
