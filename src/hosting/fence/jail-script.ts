/**
 * Makes a root of its own for a process and becomes that process within it. Run by `sh` in a user and a mount namespace
 * of its own, as their owner, with these arguments:
 *
 * ROOT BYTES FOLDER PATH… -- COMMAND…
 *
 * ROOT is an empty folder outside. Inside there is FOLDER, which may be written to, each PATH, read-only, the process's own
 * entry of `/proc`, and a `/dev/shm` of BYTES; nothing else, and the root itself takes no writes. A path that does not
 * exist is left out, and a symbolic link stays one. Rights over the namespaces are for the command to give up.
 *
 * What was mounted with `nodev` and the like must keep that, or the kernel refuses the change; so must all that is
 * mounted below a path, which is why nothing is bound without it. The list of mounts has spaces and the like in octal.
 *
 * @see https://man7.org/linux/man-pages/man7/mount_namespaces.7.html (restrictions on mount namespaces)
 * @see https://man7.org/linux/man-pages/man8/mount.8.html
 */
export const JAIL_SCRIPT = `
set -eu
PATH="$PATH:/usr/sbin:/sbin"
root=$1
shm_bytes=$2
folder=$3
shift 3

# In the new root, a folder for a folder and an empty file for a file.
bind() {
  if [ ! -e "$root$2" ]; then
    if [ -d "$1" ]; then mkdir -p "$root$2"; else mkdir -p "$root\${2%/*}"; : > "$root$2"; fi
  fi
  mount --rbind "$1" "$root$2"
}

mount -t tmpfs -o size=4m,mode=755 tmpfs "$root"
while [ "$1" != -- ]; do
  if [ -L "$1" ]; then
    mkdir -p "$root\${1%/*}"
    [ -e "$root$1" ] || ln -s "$(readlink "$1")" "$root$1"
  elif [ -e "$1" ]; then
    bind "$1" "$1"
  fi
  shift
done
shift

while read -r _ _ _ _ escaped options _; do
  case "$escaped" in *"\${root##*/}"*) ;; *) continue ;; esac
  target=$(printf "$(printf %s "$escaped" | sed 's/%/%%/g')")
  case "$target" in "$root"/*) mount -o "remount,bind,ro\${options#r[ow]}" "$target" ;; esac
done <<MOUNTS
$(cat /proc/self/mountinfo)
MOUNTS

bind "$folder" "$folder"
bind "/proc/$$" /proc/self
mkdir -p "$root/dev/shm"
mount -t tmpfs -o "size=$shm_bytes,mode=700,nosuid,nodev,noexec" tmpfs "$root/dev/shm"
mount -o remount,bind,ro "$root"
exec chroot "$root" "$@"
`;
