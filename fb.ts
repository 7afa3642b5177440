import bench from './engines/foresight/foresight.bench.ts'
const perf = performance.now.bind(performance)
// CPU clock instead of wall clock
;(performance as any).now = () => { const u = process.cpuUsage(); return (u.user + u.system) / 1000 }
for (let i = 0; i < 2; i++) await bench((n: string, m: number) => console.log(n, m.toFixed(1)))
