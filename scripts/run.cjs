// The one file that any Node can read: it checks the version, installs what is missing and hands over.
'use strict'

var childProcess = require('child_process')
var crypto = require('crypto')
var fs = require('fs')
var path = require('path')

var root = path.join(__dirname, '..')
var modules = path.join(root, 'node_modules')
var stamp = path.join(modules, '.souk-installed')
var oldest = [20, 19]

function fail(sentence) {
  process.stderr.write(sentence + '\n')
  process.exit(1)
}

function assertNode() {
  var parts = process.versions.node.split('.').map(Number)
  if (parts[0] > oldest[0] || (parts[0] === oldest[0] && parts[1] >= oldest[1])) return
  fail(
    'Souk needs Node ' +
      oldest.join('.') +
      ' or newer to start; this is Node ' +
      process.versions.node +
      '. ' +
      'Install a current one from https://nodejs.org and run the command again.',
  )
}

function wantedStamp() {
  var hash = crypto.createHash('sha256')
  hash.update(fs.readFileSync(path.join(root, 'package-lock.json')))
  hash.update(process.platform + process.arch)
  return hash.digest('hex')
}

function isInstalled() {
  try {
    return fs.readFileSync(stamp, 'utf8') === wantedStamp() && fs.existsSync(pinnedNode())
  } catch (error) {
    return false
  }
}

function pinnedNode() {
  return path.join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
}

function install() {
  var startedAt = Date.now()
  var isLive = process.stdout.isTTY
  function seconds() {
    return ((Date.now() - startedAt) / 1000).toFixed(1) + ' s'
  }
  process.stdout.write('         Installing packages; the first time this is mostly downloads.\n')
  var timer = setInterval(
    () => {
      process.stdout.write(
        isLive ? '\r  ' + seconds() + '  npm install' : '  ' + seconds() + '  npm install\n',
      )
    },
    isLive ? 500 : 5000,
  )
  return new Promise((resolve) => {
    var output = ''
    var npm = childProcess.spawn(
      process.platform === 'win32' ? 'npm.cmd' : 'npm',
      ['install', '--no-fund', '--no-audit', '--loglevel=error', '--include=dev'],
      {
        cwd: root,
        env: Object.assign({}, process.env, { PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1', NODE_ENV: '' }),
        shell: process.platform === 'win32',
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    )
    function collect(chunk) {
      output += chunk
    }
    npm.stdout.on('data', collect)
    npm.stderr.on('data', collect)
    npm.on('error', (error) => {
      output += error.message
    })
    npm.on('close', (code) => {
      clearInterval(timer)
      if (code !== 0 || !fs.existsSync(pinnedNode())) {
        fail(
          '\nnpm install did not succeed:\n' +
            output +
            '\nCheck the network and the npm registry, then run the command again.',
        )
      }
      fs.writeFileSync(stamp, wantedStamp())
      process.stdout.write((isLive ? '\r' : '') + '      ✓  Packages are installed  ' + seconds() + '\n')
      resolve()
    })
  })
}

function handOver() {
  var command = process.argv[2]
  var script = path.join(root, 'scripts', command + '.ts')
  if (!/^[a-z]+$/.test(command || '') || !fs.existsSync(script))
    fail('There is no command "' + command + '".')
  // Left alone, Node keeps up to 64 MB for young objects; a launcher has few.
  var args = ['--max-semi-space-size=2', '--optimize-for-size', script].concat(process.argv.slice(3))
  var env = Object.assign({}, process.env, {
    PATH: path.join(modules, '.bin') + path.delimiter + (process.env.PATH || ''),
    NODE_COMPILE_CACHE: path.join(modules, '.cache', 'node'),
  })
  // Where it can, this process becomes the other one: nothing stands between it and the signals meant for it.
  if (process.execve) process.execve(pinnedNode(), [pinnedNode()].concat(args), env)
  var child = childProcess.spawn(pinnedNode(), args, { env: env, stdio: 'inherit' })
  ;['SIGINT', 'SIGTERM', 'SIGHUP'].forEach(function (signal) {
    process.on(signal, function () {
      // A terminal sends Ctrl-C to both; sent twice it would still mean the same.
      child.kill(signal)
    })
  })
  child.on('exit', function (code, signal) {
    process.exit(signal ? 1 : code)
  })
}

assertNode()
if (isInstalled()) handOver()
else install().then(handOver)
