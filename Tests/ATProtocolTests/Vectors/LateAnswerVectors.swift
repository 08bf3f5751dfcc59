extension AcceptanceVectors {
    /// One step of padding.
    private static let spaces = String(repeating: " ", count: 512)

    static let late: [(String, String)] = [
        (
            "12 late answer",
            #"""
            submit 1 publish0 2000
            > AT+CMQTTPUB=0,1,60\r
            < AT+CMQTTPUB=0,1,60\r
            @ 2000
            submit 2 csq
            > AT+CSQ\r
            < \r\nOK\r\n\r\n+CMQTTPUB: 0,0\r\nAT+CSQ\r\r\n+CSQ: 20,99\r\n\r\nOK\r\n
            ! fail 1 timeout final
            ! late 1 line OK
            ! late 1 ok +CMQTTPUB: 0,0
            ! ok 2 | +CSQ: 20,99
            """#
        ),
        (
            "12 a held loss ends the command that is cancelled, once",
            #"""
            submit 1 subscribe0
            > AT+CMQTTSUB=0\r
            < \r\nOK\r\n\r\n+CMQTTCONNLOST: 0,1\r\n
            cancel 1
            ! stray OK
            ! urc +CMQTTCONNLOST: 0,1
            ! fail 1 lost connection 0 1
            """#
        ),
        (
            "12 echo off, the next command as barrier",
            #"""
            option echo off
            option barrier next
            submit 1 publish0 2000
            > AT+CMQTTPUB=0,1,60\r
            @ 2000
            submit 2 csq
            > AT+CSQ\r
            < \r\nOK\r\n\r\n+CMQTTPUB: 0,0\r\n\r\n+CSQ: 20,99\r\n\r\nOK\r\n
            ! fail 1 timeout final
            ! late 1 line OK
            ! late 1 ok +CMQTTPUB: 0,0
            ! ok 2 | +CSQ: 20,99
            """#
        ),
        (
            "12 echo off, a probe as barrier",
            #"""
            option echo off
            option barrier probe
            submit 1 publish0 2000
            > AT+CMQTTPUB=0,1,60\r
            @ 2000
            submit 2 csq
            > AT\r
            < \r\nOK\r\n\r\n+CMQTTPUB: 0,0\r\n\r\nOK\r\n
            > AT+CSQ\r
            < \r\n+CSQ: 20,99\r\n\r\nOK\r\n
            ! fail 1 timeout final
            ! state synchronising
            ! late 1 line OK
            ! late 1 ok +CMQTTPUB: 0,0
            ! state ready
            ! ok 2 | +CSQ: 20,99
            """#
        ),
        (
            "13 stuck data mode, the next command eaten",
            #"""
            option barrier next
            submit 1 payload20 1000
            > AT+CMQTTPAYLOAD=0,20\r
            < AT+CMQTTPAYLOAD=0,20\r
            @ 1000
            submit 2 csq
            > AT+CSQ\r
            < \r\n>
            >              
            < \r\nOK\r\n
            > AT\r
            < AT\r\r\nOK\r\n
            ! fail 1 timeout prompt
            ! late 1 payload aborted
            ! fail 2 payload aborted
            ! state synchronising
            ! state ready
            """#
        ),
        (
            "13 stuck data mode of a host that is gone",
            #"""
            option padding
            option preamble
            close
            open
            > AT\r
            submit 1 csq
            @ 1000
            > \#(spaces)
            > AT\r
            @ 200
            > \#(spaces)
            > AT\r
            < \r\nOK\r\n
            > AT\r
            < \#(spaces.dropLast(100))AT\r\r\nOK\r\nAT\r\r\nOK\r\n
            # Another of the probes may still be answered; only quiet tells.
            @ 150
            > ATE1\r
            < ATE1\r\r\nOK\r\n
            > AT+CSQ\r
            < AT+CSQ\r\r\n+CSQ: 20,99\r\n\r\nOK\r\n
            ! state closed
            ! state synchronising
            ! state ready
            ! ok 1 | +CSQ: 20,99
            """#
        ),
        (
            "13 answers to the probes of an opening before do not reach a command",
            #"""
            close
            open
            > AT\r
            submit 1 csq
            @ 1000
            > AT\r
            close
            open
            submit 2 csq
            > AT\r
            < AT\r\r\nOK\r\n
            @ 100
            < AT\r\r\nOK\r\nA
            @ 149
            < T\r\r\nOK\r\n
            @ 150
            > AT+CSQ\r
            < AT+CSQ\r\r\n+CSQ: 20,99\r\n\r\nOK\r\n
            ! state closed
            ! state synchronising
            ! fail 1 lost port
            ! state closed
            ! state synchronising
            ! stray OK
            ! stray OK
            ! state ready
            ! ok 2 | +CSQ: 20,99
            """#
        ),
        (
            "13 stuck data mode, probed",
            #"""
            submit 1 payload20
            > AT+CMQTTPAYLOAD=0,20\r
            < AT+CMQTTPAYLOAD=0,20\r
            submit 2 csq
            @ 5999
            @ 1
            > AT\r
            < \r\n>
            >                  
            < \r\nOK\r\n
            > AT\r
            < AT\r\r\nOK\r\n
            > AT+CSQ\r
            < AT+CSQ\r\r\n+CSQ: 20,99\r\n\r\nOK\r\n
            ! fail 1 payload aborted
            ! state synchronising
            ! state ready
            ! ok 2 | +CSQ: 20,99
            """#
        ),
        (
            "13 a prompt that comes late, but before the probe, is used",
            #"""
            submit 1 topic0
            > AT+CMQTTTOPIC=0,3\r
            < AT+CMQTTTOPIC=0,3\r
            @ 5500
            < \r\n>
            > a/b
            < \r\nOK\r\n
            ! ok 1
            """#
        ),
        (
            "13 no prompt and no data phase",
            #"""
            submit 1 topic0
            > AT+CMQTTTOPIC=0,3\r
            < AT+CMQTTTOPIC=0,3\r
            @ 6000
            > AT\r
            < AT\r\r\nOK\r\n
            ! fail 1 prompt missing
            """#
        ),
        (
            "13 no prompt and no data phase, and a command that waits",
            #"""
            submit 1 topic0 2000
            > AT+CMQTTTOPIC=0,3\r
            @ 2000
            submit 2 csq
            @ 1000
            > AT\r
            < AT\r\r\nOK\r\n
            > AT+CSQ\r
            < AT+CSQ\r\r\n+CSQ: 20,99\r\n\r\nOK\r\n
            ! fail 1 timeout gate
            ! late 1 ok OK
            ! ok 2 | +CSQ: 20,99
            """#
        ),
        (
            "13 padding is undone where it left something",
            #"""
            submit 1 cert
            > AT+CCERTDOWN="ca.pem",6\r
            < AT+CCERTDOWN="ca.pem",6\r
            cancel 1
            @ 500
            < \r\n>
            >       
            < \r\nOK\r\n
            > AT+CCERTDELE="ca.pem"\r
            < AT+CCERTDELE="ca.pem"\r\r\nOK\r\n
            > AT\r
            < AT\r\r\nOK\r\n
            ! fail 1 cancelled
            ! late 1 payload aborted
            ! state synchronising
            ! state ready
            """#
        ),
    ]
}
