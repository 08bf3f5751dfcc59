import Foundation

/// What runs have written about themselves.
enum Records {
    static func result(_ path: String) throws -> [String: Any] {
        let data = try Data(contentsOf: URL(filePath: path))
        return try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
    }

    /// `result.json` of every run in a state folder, in no order.
    static func all(in folder: TemporaryFolder) throws -> [[String: Any]] {
        let runs = folder.path + "/state/moonwire/runs"
        return try FileManager.default.contentsOfDirectory(atPath: runs).map { try result("\(runs)/\($0)/result.json") }
    }
}
