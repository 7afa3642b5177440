// `yingzao user add`: a person with a password to hand over, also when nobody can sign in any more.
import { Refusal, refuse } from '@yingzao/kernel/refuse'
import { create, list, write } from '@yingzao/kernel/server'
import { issuePassword } from '@yingzao/platform/auth/credential'
import { systemContext } from '@yingzao/platform/http/context'
import type { Host } from '@yingzao/platform/http/host'
import { renderMessage } from '@yingzao/platform/messages/render'
import { defineCommand, usageError } from './command.ts'
import { withInstallation } from './installation.ts'

export const command = defineCommand({
  summary: { zh: '新建用户并打印一次性密码', en: 'add a user and print a one-time password' },
  usage: ['user add LOGIN NAME [--role ROLE]'],
  async run(args) {
    const asked = readArgs(args)
    const added = await withInstallation(async ({ host }) =>
      addUser(host, asked).catch((error: unknown) => {
        throw error instanceof Refusal ? told(host, error) : error
      }),
    )
    return {
      document: added,
      text: () => `${added.login}  ${added.password}\n首次登录须修改密码 | to be changed at the first sign-in`,
    }
  },
})

interface Asked {
  readonly login: string
  readonly name: string
  readonly role: string | undefined
}

function readArgs(args: readonly string[]): Asked {
  const at = args.indexOf('--role')
  const role = at < 0 ? undefined : args[at + 1]
  const [login, name, ...rest] = args.filter((_, index) => at < 0 || (index !== at && index !== at + 1))
  if (!login || !name || rest.length > 0 || (at >= 0 && !role))
    throw usageError({ zh: '请给出登录名和姓名', en: 'give a login and a name' })
  return { login, name, role }
}

/** The role is held at the root company. One transaction: no user without password. */
async function addUser(host: Host, { login, name, role }: Asked) {
  return write(systemContext(host, 'cli'), async ctx => {
    const root = (await list(ctx, 'org_unit', { filter: { parent: { empty: true }, type: { eq: 'company' } } }))
      .items[0]
    if (!root) throw refuse('auth.not_set_up')
    const user = await create(ctx, 'user', { login, name, main_department: root.id })
    if (role !== undefined) {
      const found = (await list(ctx, 'role', { filter: { code: { eq: role } } })).items[0]
      if (!found) throw refuse('auth.no_role', { role })
      await create(ctx, 'role_holding', { user: user.id, role: found.id, at_kind: 'company', at_id: root.id })
    }
    return { id: user.id, login, name, password: await issuePassword({ ...host, db: ctx.db }, user.id) }
  })
}

/** A refusal as a person at a terminal reads it. */
function told(host: Host, refusal: Refusal): Error {
  const text = (lang: 'zh' | 'en') =>
    [
      renderMessage(host.registry, refusal.code, refusal.values, lang),
      ...refusal.errors.map(
        ({ path, code, values = {} }) => `  ${path}: ${renderMessage(host.registry, code, values, lang)}`,
      ),
    ].join('\n')
  return Object.assign(new Error(`${text('zh')}\n${text('en')}`), { code: refusal.code })
}
