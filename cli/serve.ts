// `yingzao serve`: the server in the foreground until a signal ends it.
import { readConfig, unknownSettings } from '@yingzao/platform/runtime/config'
import { createLog } from '@yingzao/platform/runtime/log'
import { gracefulShutdown } from '@yingzao/platform/runtime/shutdown'
import { startServer } from '@yingzao/server/app'
import { defineCommand } from './command.ts'

export const command = defineCommand({
  summary: { zh: '启动服务器', en: 'start the server' },
  usage: ['serve'],
  async run(_, terminal) {
    const config = readConfig()
    const log = createLog(config.logLevel)
    for (const name of unknownSettings()) log.warn({ variable: name }, '未知的环境变量 | unknown variable')
    const shutdown = gracefulShutdown(log)
    const server = await startServer(config, { log })
    shutdown.add('server', server.close)
    terminal.say(`营造已启动 | Yingzao is running at ${server.url}`)
    if (server.setupToken) terminal.say(`首次初始化口令 | set-up token: ${server.setupToken}`)
    const exit = await shutdown.done
    return { document: { stopped: true }, text: () => '已停止 | stopped', exit }
  },
})
