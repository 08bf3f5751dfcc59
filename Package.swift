// swift-tools-version: 6.2

import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

let nio: [Target.Dependency] = [
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "NIOPosix", package: "swift-nio"),
]

let package = Package(
    name: "moonwire",
    products: [
        .executable(name: "moonwire", targets: ["moonwire"]),
        .library(name: "ModemSession", targets: ["ModemSession", "ModemTransports"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
    ],
    targets: [
        // The engine: pure protocol core, the module as data, one actor per modem.
        .target(name: "ATProtocol", swiftSettings: settings),
        .target(name: "A7600", dependencies: ["ATProtocol"], swiftSettings: settings),
        .target(
            name: "ModemSession",
            dependencies: ["ATProtocol", "A7600", .product(name: "Logging", package: "swift-log")],
            swiftSettings: settings
        ),
        .target(name: "CTerminal"),
        .target(
            name: "ModemTransports",
            dependencies: ["ATProtocol", "ModemSession", "CTerminal"] + nio,
            swiftSettings: settings
        ),

        // The simulated module, and its network side on libmosquitto.
        .target(name: "ModemSimulator", dependencies: ["ATProtocol", "A7600"], swiftSettings: settings),
        .systemLibrary(
            name: "CMosquitto",
            pkgConfig: "libmosquitto",
            providers: [.apt(["libmosquitto-dev"])]
        ),
        .target(
            name: "MosquittoUplink",
            dependencies: [
                "ModemSimulator", "CMosquitto",
                .product(name: "Subprocess", package: "swift-subprocess"),
            ],
            swiftSettings: settings
        ),

        // Lua: the library behind plain C types, the VM, the script API.
        .systemLibrary(name: "CLua", pkgConfig: "lua5.4", providers: [.apt(["liblua5.4-dev"])]),
        .target(name: "CLuaShim", dependencies: ["CLua"]),
        .target(name: "LuaRuntime", dependencies: ["CLuaShim"], swiftSettings: settings),
        .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        .target(
            name: "ModemScripting",
            dependencies: ["ATProtocol", "A7600", "ModemSession", "LuaRuntime", "COpenSSL"],
            swiftSettings: settings
        ),

        // moonwire check: Lua as text, and what is wrong with a script before it runs.
        .target(name: "LuaSyntax", swiftSettings: settings),
        .target(name: "ScriptCheck", dependencies: ["LuaSyntax", "LuaRuntime"], swiftSettings: settings),

        // The composition root.
        .systemLibrary(name: "CEditLine", pkgConfig: "libedit", providers: [.apt(["libedit-dev"])]),
        .target(
            name: "MoonwireCommands",
            dependencies: [
                "ATProtocol", "A7600", "ModemSession", "ModemTransports", "ModemSimulator", "MosquittoUplink",
                "LuaRuntime", "ModemScripting", "ScriptCheck", "CEditLine",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ] + nio,
            swiftSettings: settings
        ),
        .executableTarget(name: "moonwire", dependencies: ["MoonwireCommands"], swiftSettings: settings),

        // The Swift side of scripts/bench; in no product list, so that only the benchmark asks for it.
        .executableTarget(
            name: "moonwire-bench",
            dependencies: [
                "ATProtocol", "A7600", "ModemSession", "ModemTransports", "ModemSimulator", "LuaRuntime",
                "ModemScripting",
            ],
            path: "Sources/MoonwireBench",
            swiftSettings: settings
        ),

        // Engine and simulated module in one thread under a virtual clock; `soak` runs its seeds, optimised.
        .target(
            name: "DeterministicSimulation",
            dependencies: ["ModemSimulator", "A7600", "ATProtocol"],
            path: "Tests/DeterministicSimulation",
            swiftSettings: settings
        ),
        .executableTarget(
            name: "soak",
            dependencies: ["DeterministicSimulation"],
            path: "Tests/soak",
            swiftSettings: settings
        ),

        .target(name: "SeededRandom", path: "Tests/SeededRandom", swiftSettings: settings),
        .testTarget(name: "ATProtocolTests", dependencies: ["ATProtocol", "SeededRandom"], swiftSettings: settings),
        .testTarget(
            name: "A7600Tests",
            dependencies: ["A7600", "ATProtocol", "SeededRandom"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "ModemSessionTests",
            dependencies: ["ModemSession", "ATProtocol", "A7600"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "ModemTransportsTests",
            dependencies: ["ModemTransports", "ModemSession", "ATProtocol", "CTerminal", "SeededRandom"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "ModemSimulatorTests",
            dependencies: ["ModemSimulator", "DeterministicSimulation", "A7600", "ATProtocol"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "MosquittoUplinkTests",
            dependencies: [
                "MosquittoUplink", "ModemSimulator", "ATProtocol",
                .product(name: "Subprocess", package: "swift-subprocess"),
            ],
            swiftSettings: settings
        ),
        .testTarget(name: "CLuaShimTests", dependencies: ["CLuaShim"], swiftSettings: settings),
        .target(name: "HostileCorpus", path: "Tests/HostileCorpus", swiftSettings: settings),
        .testTarget(name: "LuaRuntimeTests", dependencies: ["LuaRuntime", "HostileCorpus"], swiftSettings: settings),
        .testTarget(
            name: "ModemScriptingTests",
            dependencies: [
                "ModemScripting", "LuaRuntime", "ModemSession", "ModemTransports", "ModemSimulator", "A7600",
                "ATProtocol", "MosquittoUplink",
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "ScriptCheckTests",
            dependencies: ["ScriptCheck", "LuaSyntax", "LuaRuntime", "ModemScripting", "SeededRandom"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "MoonwireCommandsTests",
            dependencies: [
                "MoonwireCommands", "ATProtocol", "A7600", "ModemSession", "ModemTransports", "ModemSimulator",
                "LuaRuntime", "ModemScripting", "ScriptCheck",
            ],
            exclude: ["Trace/Fixtures"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "EndToEndTests",
            dependencies: ["HostileCorpus", .product(name: "Subprocess", package: "swift-subprocess")],
            swiftSettings: settings
        ),
    ]
)
