/// Where the sources are that these tests were built from.
enum Project {
    static let folder = #filePath.split(separator: "/").dropLast(4).reduce("") { $0 + "/" + $1 }

    static func example(_ name: String) -> String { folder + "/examples/" + name }
}
