/**
 * Makes a root of its own for a process and becomes that process within it. Run by `sh` in a user and a mount namespace
 * of its own, as their owner, with these arguments:
 *
 * ROOT BYTES {ro|rw PATH}… -- COMMAND…
 *
 * ROOT is an empty folder outside. Inside there is what is named, read-only or not, the process's own entry of `/proc`,
 * and a `/dev/shm` of BYTES; nothing else, and the root itself takes no writes. A path that does not exist is left out,
 * and a symbolic link stays one. Rights over the namespaces are for the command to give up.
 *
 * What was mounted with `nodev` and the like must keep that, or the kernel refuses the change; so must all that is
 * mounted below a path, which is why nothing is bound without it.
 *
 * @see https://man7.org/linux/man-pages/man7/mount_namespaces.7.html (restrictions on mount namespaces)
 * @see https://man7.org/linux/man-pages/man8/mount.8.html
 */
export const JAIL_SCRIPT = String.raw`
set -eu
PATH="$PATH:/usr/sbin:/sbin"
root=$1
shm_bytes=$2
shift 2

# The place in the new root for a path: a folder for a folder, an empty file for a file.
make_place() {
  if [ -e "$root$2" ]; then return 0; fi
  if [ -d "$1" ]; then mkdir -p "$root$2"; else mkdir -p "$root\${2%/*}"; : > "$root$2"; fi
}

bind() {
  make_place "$2" "$3"
  mount --rbind "$2" "$root$3"
  [ "$1" = ro ] || return 0
  findmnt -R -n -l -o TARGET,VFS-OPTIONS "$root$3" | while read -r target options; do
    options=\${options#r[ow]}
    mount -o "remount,bind,ro$options" "$target"
  done
}

mount -t tmpfs -o size=4m,mode=755 tmpfs "$root"
while [ "$1" != -- ]; do
  if [ -L "$2" ]; then
    mkdir -p "$root\${2%/*}"
    [ -e "$root$2" ] || ln -s "$(readlink "$2")" "$root$2"
  elif [ -e "$2" ]; then
    bind "$1" "$2" "$2"
  fi
  shift 2
done
shift
bind rw "/proc/$$" /proc/self
mkdir -p "$root/dev/shm"
mount -t tmpfs -o "size=$shm_bytes,mode=700,nosuid,nodev,noexec" tmpfs "$root/dev/shm"
mount -o remount,bind,ro "$root"
exec chroot "$root" "$@"
`.replaceAll("\\$", "$");
