import { launchBrowser } from './platform/testing/browser.ts'
// args: user lang theme width path out [js]
const base='http://127.0.0.1:18840'
const shots = JSON.parse(process.argv[2])
const b = await launchBrowser()
for (const s of shots) {
  const { user='boss', lang='zh', theme='light', w=1440, h=900, path='/', out, act, full=false } = s
  const c = await b.newContext({ viewport:{width:w,height:h}, locale: lang==='zh'?'zh-CN':'en-GB', timezoneId:'Asia/Shanghai', isMobile: w<600, hasTouch: w<600 })
  const r = await c.request.post(base+'/api/v1/session',{headers:{'x-yingzao-client':'web'},data:{login:user,password:'Demo-2026-pass'}})
  if(!r.ok()) console.log(user, r.status(), await r.text())
  const r2 = await c.request.patch(base+'/api/v1/session',{headers:{'x-yingzao-client':'web'},data:{lang,theme}}); if(!r2.ok()) console.log(r2.status(), await r2.text())
  const p = await c.newPage(); p.on('pageerror',e=>console.log('ERR',out,e.message)); p.on('console',m=>m.type()==='error'&&console.log('CON',out,m.text()))
  await p.goto(base+path); await p.waitForLoadState('networkidle').catch(()=>{}); await p.waitForTimeout(900)
  if (act) await (new Function('p','return (async()=>{'+act+'})()'))(p)
  await p.waitForTimeout(500)
  await p.screenshot({path:out, fullPage: full}); await c.close()
}
await b.close()
