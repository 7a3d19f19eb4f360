#!/bin/sh
# machines.sh KIT SOLUTION: the README's lines for many machines, tried: GNU parallel, and an array of Slurm jobs on a
# node that is started here on the loopback address. Needs root and Debian's parallel, slurm-wlm, slurm-client and
# munge; without them it says so and ends well.
set -eu
kit=$1 solution=$2
for tool in parallel slurmctld slurmd sbatch munged; do
    command -v $tool >/dev/null || { echo "  (no $tool here: GNU parallel and Slurm are not tried)"; exit 0; }
done
parallel --version 2>/dev/null | grep -q GNU || { echo "  (parallel is not GNU's here: it is not tried)"; exit 0; }
grade=tests/grader/grade
dir=$(mktemp -d)
chmod 755 "$dir"
name=$(cat "$kit/name") ctld='' d=''
stop() {
    for pid in "$dir/slurmd.pid" "$dir/slurmctld.pid"; do [ ! -s "$pid" ] || kill "$(cat "$pid")" 2>/dev/null || :; done
    [ -z "${own_munge:-}" ] || pkill -x munged || :
    sleep 1
    rm -rf "$dir"
}
trap stop EXIT
for student in ann ben cleo dan; do
    mkdir -p "$dir/class/$student"
    { echo '#define SOLUTION'; cat "$solution"; } > "$dir/class/$student/$name.c"
done
cp "$kit/stub.c" "$dir/class/dan/$name.c"
$grade class "$kit" "$dir/class" "$dir/alone" --secret s >/dev/null 2>&1

same() {
    cmp "$dir/alone/gradebook.csv" "$1/gradebook.csv" || { echo "  FAIL $2"; exit 1; }
    echo "  ok   $2 gives the same gradebook"
}

$grade plan "$kit" "$dir/class" "$dir/many" --secret s |
    parallel -j2 $grade one "$kit" "$dir/class" "$dir/many" {} --secret s
$grade merge "$kit" "$dir/class" "$dir/many" >/dev/null
same "$dir/many" 'GNU parallel'

node=$(hostname -s)
mkdir -p "$dir/state" "$dir/spool" /run/munge
cat > "$dir/slurm.conf" <<EOF
ClusterName=labs
SlurmctldHost=$node(127.0.0.1)
AuthType=auth/munge
SlurmUser=root
StateSaveLocation=$dir/state
SlurmdSpoolDir=$dir/spool
SlurmctldPidFile=$dir/slurmctld.pid
SlurmdPidFile=$dir/slurmd.pid
SlurmctldLogFile=$dir/slurmctld.log
SlurmdLogFile=$dir/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
ReturnToService=2
JobAcctGatherType=jobacct_gather/none
NodeName=$node NodeAddr=127.0.0.1 CPUs=$(nproc) State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
EOF
export SLURM_CONF="$dir/slurm.conf"
chown munge /run/munge || true
[ -f /etc/munge/munge.key ] || mungekey -c || true
munge -n >/dev/null 2>&1 || { su -s /bin/sh munge -c munged && own_munge=yes || true; }
slurmctld -f "$SLURM_CONF" || true
slurmd -f "$SLURM_CONF" || true
for _ in $(seq 20); do
    timeout 5 sinfo -h -o %T | grep -q idle && up=yes && break
    sleep 1
done
[ -n "${up:-}" ] || { echo "  (Slurm does not start here: it is not tried)"; tail -3 "$dir"/slurm*.log; exit 0; }

count=$($grade plan "$kit" "$dir/class" "$dir/array" --secret s | wc -l)
timeout 120 sbatch -W -o "$dir/%a.log" --array="1-$count" tests/grader/array.sbatch \
    "$kit" "$dir/class" "$dir/array" --secret s >/dev/null
$grade merge "$kit" "$dir/class" "$dir/array" >/dev/null
same "$dir/array" 'an array of Slurm jobs'
