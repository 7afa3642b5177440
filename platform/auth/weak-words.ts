// Words that begin most guessed passwords, in Chinese and English use. Compared after digits and signs are taken off
// and look-alike letters are put back, so that "P@ssw0rd2026!" counts as "password".

const words = `
password passwort passwd pass admin administrator root toor test tester guest user login welcome letmein changeme
default secret master super superuser manager system sysadmin oracle mysql postgres sqlserver server computer internet
qwerty qwertyui qwertyuiop qwertz asdf asdfgh asdfghjkl zxcv zxcvbn zxcvbnm qazwsx qazwsxedc wsxedc qwaszx poiuytrewq
abc abcd abcde abcdef abcdefg abcabc aaaaaa aabbcc iloveyou loveyou lovely love sunshine princess dragon monkey shadow
football baseball basketball soccer michael jordan superman batman trustno freedom whatever starwars pokemon charlie
flower summer winter spring autumn monday friday january hello helloworld company office business project engineering
construction building builder cement steel yingzao woaini woaiwojia woaizhongguo wodemima mima nihao zhongguo beijing
shanghai guangzhou shenzhen tianjin chongqing chengdu wuhan hangzhou nanjing xian woshishui wobuzhidao laoban gongsi
xiangmu gongcheng jianzhu gongdi shigong guanliyuan caiwu wang zhang liu chen yang zhao huang zhou
asd qwe zxc qaz wsx edc qweasd qweasdzxc asdqwe zaq xsw cde mko nji bhu a aa aaa x xx xxx
`
export const weakWords: ReadonlySet<string> = new Set(words.split(/\s+/).filter(Boolean))

/** Rows of the keyboard and the alphabet: runs along them carry no secret. */
export const runs = ['01234567890', '09876543210', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm']
