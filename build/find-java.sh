# Sourced by the start scripts. Finds a Java that will do: JAVA_HOME, then the java on the PATH, then in the usual
# folders the oldest that is new enough.

readonly needed_java=25

java_feature() { # JAVA_HOME -> its feature version, 0 where it is none
    local version=
    if [ -x "$1/bin/java" ] && [ -r "$1/release" ]; then
        version=$(sed -n 's/^JAVA_VERSION="\(1\.\)\{0,1\}\([0-9]*\).*/\2/p' "$1/release")
    fi
    echo "${version:-0}"
}

java_of_path() { # the home of the java on the PATH
    local path link
    path=$(command -v java) || return 1
    while [ -L "$path" ]; do
        link=$(readlink "$path")
        case $link in /*) path=$link ;; *) path=$(dirname "$path")/$link ;; esac
    done
    (cd "$(dirname "$path")/.." && pwd -P) 2>/dev/null
}

find_java() { # prints a home; fails with a sentence where there is none
    local home best='' best_feature=999 feature
    for home in "${JAVA_HOME-}" "$(java_of_path)"; do
        if [ -n "$home" ] && [ "$(java_feature "$home")" -ge $needed_java ]; then
            echo "$home"
            return
        fi
    done
    for home in "${JDK25_HOME-}" "${JAVA_HOME_25_X64-}" /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/java/* \
        /opt/*jdk* /opt/jdk/* "${HOME-}"/.sdkman/candidates/java/* "${HOME-}"/.jdks/* "${HOME-}"/.asdf/installs/java/* \
        "${HOME-}"/.local/share/mise/installs/java/* "${HOME-}"/.jenv/versions/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home "${HOME-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        '/c/Program Files/Java'/* '/c/Program Files/Eclipse Adoptium'/* '/c/Program Files/Microsoft'/*; do
        feature=$(java_feature "$home")
        if [ "$feature" -ge $needed_java ] && [ "$feature" -lt $best_feature ]; then
            best=$home
            best_feature=$feature
        fi
    done
    if [ -z "$best" ]; then
        printf '%s\n' "Watchfloor needs a JDK $needed_java or newer, and none was found in JAVA_HOME, on the PATH or in \
the usual folders. Install one, for instance Temurin $needed_java from https://adoptium.net, and start again." >&2
        return 1
    fi
    echo "$best"
}
