#!/bin/sh
# What the Neo4j tests need, on Debian and Ubuntu: Java 17 or newer and Maven, when they are missing.
# Where they cannot be installed the tests say what they left out; in CI (LIANPU_CI) that is a failure.
set -eu
[ -z "${LIANPU_TEST_NEO4J_URL:-}" ] || exit 0
missing=""
java -version 2>&1 | grep -qE 'version "(1[7-9]|2[0-9])' || missing="java"
mvn -version >/dev/null 2>&1 || missing="$missing maven"
[ -n "$missing" ] || exit 0
left_out() {
  echo "$1：Neo4j 的测试不运行，其余照常。要运行，请安装 Java 17 和 Maven，或设 LIANPU_TEST_NEO4J_URL。" >&2
  exit 0
}
command -v apt-get >/dev/null 2>&1 || left_out "缺少 $missing"
run=""
if [ "$(id -u)" != 0 ]; then
  # Nobody is asked for a password in the middle of the tests.
  sudo -n true >/dev/null 2>&1 || left_out "缺少 $missing，又没有权限安装"
  run="sudo -n"
fi
echo "安装 Neo4j 的测试所需：$missing"
export DEBIAN_FRONTEND=noninteractive
$run apt-get update -qq || true
java="openjdk-17-jre-headless"
apt-cache show $java >/dev/null 2>&1 || java="openjdk-21-jre-headless" # Debian 13
packages=$(echo "$missing" | sed "s/java/$java/")
$run apt-get install -y -qq --no-install-recommends $packages >/dev/null || left_out "没有装上 $packages"
