// Texts of the command palette, and the words each command is also found by.
import { words } from '../text/words.ts'

export const text = words({
  title: { zh: '搜索与命令', en: 'Search and commands' },
  placeholder: { zh: '输入名称、编号或命令', en: 'Type a name, number or command' },
  pages: { zh: '页面', en: 'Pages' },
  actions: { zh: '操作', en: 'Actions' },
  records: { zh: '记录', en: 'Records' },
  create: { zh: '新建{name}', en: 'New {name}' },
  nothing: { zh: '没有找到“{words}”', en: 'Nothing found for “{words}”' },
  searching: { zh: '正在搜索…', en: 'Searching…' },
  hint: { zh: '↑↓ 选择，Enter 打开，Esc 关闭', en: '↑↓ choose, Enter opens, Esc closes' },
  toLight: { zh: '切换到浅色', en: 'Switch to light' },
  toDark: { zh: '切换到深色', en: 'Switch to dark' },
  toSystem: { zh: '外观跟随系统', en: 'Appearance as system' },
  toOther: { zh: 'Switch to English', en: '切换到中文' },
  results: { zh: '{count} 个结果', en: '{count} {count:result|results}' },
})

/** In both languages, whatever the interface speaks. */
export const keywords = {
  create: '新建 new create',
  home: '首页 home',
  account: '账户 密码 令牌 account password token profile',
  lang: '语言 中文 英文 language english chinese',
  light: '浅色 外观 light theme',
  dark: '深色 外观 dark theme',
  system: '外观 系统 system theme',
  out: '退出 登录 sign out log',
} as const
