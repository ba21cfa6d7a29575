#!/bin/sh
# What the browser tests need, on Debian and Ubuntu: Chromium and Chinese fonts, when they are missing.
set -eu
missing=""
for program in chromium chromium-browser google-chrome; do
  command -v "$program" >/dev/null 2>&1 && found=1
done
[ -n "${found:-}" ] || missing="chromium"
if command -v fc-list >/dev/null 2>&1 && [ -n "$(fc-list :lang=zh 2>/dev/null | head -n 1)" ]; then :; else
  missing="$missing fonts-noto-cjk fontconfig"
fi
[ -n "$missing" ] || exit 0
if ! command -v apt-get >/dev/null 2>&1; then
  echo "浏览器测试需要：$missing。请自行安装；缺少时这些测试会失败。" >&2
  exit 0
fi
run=""
[ "$(id -u)" = 0 ] || run="sudo"
echo "安装浏览器测试所需：$missing"
export DEBIAN_FRONTEND=noninteractive
$run apt-get update -qq
$run apt-get install -y -qq --no-install-recommends $missing >/dev/null
