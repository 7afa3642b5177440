// `npm run demo` and `npm start`: installs and builds when needed, then runs the command in this very process.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { attended, install, oneAtATime, requireNode, say } from './install.mjs'
import { root } from './sources.mjs'

requireNode()
await oneAtATime(async () => {
  await install()
  const { staleParts } = await import('./build.mjs')
  const parts = staleParts()
  if (parts.length === 0) return
  say(`正在构建（${parts.join('、')}）`, `building ${parts.join(', ')}`)
  // A process of its own: the compiler's memory must not stay in the server.
  const compiler = spawn(process.execPath, [join(root, 'tools/build.mjs')], { stdio: ['ignore', 2, 2] })
  if ((await attended(compiler)) === 0) return
  say('构建失败，见上方错误', 'the build failed, see the error above')
  process.exitCode = 1
})
if (process.exitCode) process.exit()
process.env.NODE_ENV ??= 'production'
const { main } = await import(pathToFileURL(join(root, 'dist/cli/main.js')).href)
process.exitCode = await main(process.argv.slice(2))
