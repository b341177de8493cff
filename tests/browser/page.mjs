// Opens the viewer's page in a real Chromium and checks what a person sees. Called by run; prints "pass: ..." or "FAIL: ..." a check.
import { createRequire } from 'node:module';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { readFileSync } from 'node:fs';

const [tools, programs, pictures] = process.argv.slice(2);
const require = createRequire(`${tools}/`);
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const patience = 30000;
const channelCount = 8;
const children = new Set();
let failed = 0;
let passed = 0;

function check(name, holds, detail = '') {
  console.log(`${holds ? 'pass' : 'FAIL'}: ${name}${holds || !detail ? '' : ` (${detail})`}`);
  holds ? passed++ : failed++;
}

async function start(program, args, isReady) {
  const child = spawn(`${programs}/${program}/bin/Release/net10.0/${program}`, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  children.add(child);
  const lines = createInterface({ input: child.stdout });
  for await (const line of lines) {
    if (isReady(line)) {
      // What comes later is read and thrown away, so that the program never waits for its pipe.
      child.stdout.resume();
      return { child, line };
    }
  }
  throw new Error(`${program} ended before it was ready.`);
}

const publish = name => start(
  'WinMmf.Publisher', ['publish', '--name', name, '--width', '640', '--height', '480', '--fps', '10', '--json'],
  line => line.startsWith('{"event":"ready"'));

async function until(name, question) {
  const limit = Date.now() + patience;
  let last = null;
  while (Date.now() < limit) {
    try {
      if (await question()) {
        check(name, true);
        return;
      }
    } catch (error) {
      last = error;
    }
    await new Promise(done => setTimeout(done, 100));
  }
  check(name, false, last?.message ?? 'not within 30 s');
}

// The page's own policy forbids scripts from elsewhere, so axe goes in by the debugger and not by a tag.
async function violations(page) {
  await page.evaluate(axe);
  const result = await page.evaluate(() => globalThis.axe.run(document));
  return result.violations.map(found => `${found.id}: ${found.nodes.map(node => node.target.join(' ')).join(', ')}`).join('; ');
}

// The colours of the bars in the upper part of the test picture, from the canvas that the page painted, and from the exact PNG.
async function difference(page) {
  return page.evaluate(async () => {
    const canvas = document.getElementById('picture');
    const pen = canvas.getContext('2d');
    const png = await createImageBitmap(await (await fetch(document.getElementById('save').href)).blob());
    const exact = new OffscreenCanvas(png.width, png.height).getContext('2d');
    exact.drawImage(png, 0, 0);
    let sum = 0;
    for (let i = 0; i < 16; i++) {
      const x = Math.floor(canvas.width * (i + 0.5) / 16);
      const y = Math.floor(canvas.height / 8);
      const [a, b] = [pen, exact].map(source => source.getImageData(x, y, 1, 1).data);
      sum += Math.max(...[0, 1, 2].map(k => Math.abs(a[k] - b[k])));
    }
    return canvas.width === png.width && canvas.height === png.height ? sum / 16 : Infinity;
  });
}

async function run() {
  const prefix = `browser.${process.pid}.`;
  const publishers = new Map();
  for (let i = 1; i <= channelCount; i++) publishers.set(`${prefix}${i}`, await publish(`${prefix}${i}`));
  const viewer = await start('WinMmf.Viewer', [], () => true);
  const browser = await chromium.launch({ executablePath: process.env.WINMMF_CHROMIUM, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
  children.add({ kill: () => browser.close() });
  const page = await (await browser.newContext({ viewport: { width: 1200, height: 900 } })).newPage();
  const errors = [];
  page.on('pageerror', error => errors.push(error.message));
  page.on('console', message => message.type() === 'error' && errors.push(`${message.text()} ${message.location().url}`));
  const requests = new Set();
  page.on('request', request => requests.add(new URL(request.url()).origin));

  await page.goto(viewer.line);
  check('the token leaves the address', !page.url().includes('token'), page.url());
  const mine = page.locator('.card', { hasText: prefix });
  await until('the grid shows 8 channels', async () => await mine.count() === channelCount);
  await until('all 8 are live, in words', async () =>
    (await mine.allInnerTexts()).every(text => text.includes('Live.') && /\d fps/.test(text) && text.includes('640×480')));
  const thumbs = () => page.evaluate(() =>
    [...document.querySelectorAll('.card canvas')].filter(canvas => canvas.width === 320 && canvas.height === 240).length);
  await until('all 8 have a picture', async () => await thumbs() === channelCount);
  let found = await violations(page);
  check('axe finds nothing in the grid', found === '', found);
  await page.screenshot({ path: `${pictures}/grid.png` });

  await page.setViewportSize({ width: 360, height: 740 });
  check('a phone needs no sideways scrolling', await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  await page.setViewportSize({ width: 1200, height: 900 });

  // By keyboard only, from here on.
  const name = `${prefix}1`;
  const focused = () => page.evaluate(() => document.activeElement.matches('.card') ? document.activeElement.innerText : '');
  for (let i = 0; i < 20 && !(await focused()).includes(name); i++) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const frame = () => page.evaluate(() => Number(document.getElementById('picture').dataset.frame ?? 0));
  await until('Enter opens the channel', async () => await page.locator('#single-title').innerText() === name && await frame() > 0);
  const first = await frame();
  await until('frames go on', async () => await frame() > first + 5);
  await until('the figures are there', async () =>
    /\d fps/.test(await page.locator('#rate').innerText()) && /\d fps/.test(await page.locator('#shown').innerText())
    && await page.locator('#dropped').innerText() === '0');
  await until('the painted pixels are those of the exact picture', async () => await difference(page) < 10);
  found = await violations(page);
  check('axe finds nothing in the single view', found === '', found);
  await page.screenshot({ path: `${pictures}/single.png` });
  await page.emulateMedia({ colorScheme: 'dark' });
  found = await violations(page);
  check('axe finds nothing in the dark', found === '', found);
  await page.emulateMedia({ colorScheme: 'light' });

  await page.keyboard.press('p');
  await until('P pauses', async () => await page.locator('#veil').innerText() === 'Paused');
  const held = await frame();
  await new Promise(done => setTimeout(done, 1500));
  check('a paused picture stays', await frame() === held);
  await page.keyboard.press('p');
  await until('P goes on', async () => await frame() > held);
  const size = () => page.evaluate(() => parseFloat(document.getElementById('picture').style.width));
  const before = await size();
  await page.keyboard.press('+');
  check('+ makes it larger', await size() > before * 1.9);
  await page.keyboard.press('+');
  const scrolled = () => page.evaluate(() => [document.getElementById('stage').scrollLeft, document.getElementById('stage').scrollTop]);
  const [left, top] = await scrolled();
  await page.keyboard.press('ArrowRight');
  await until('the right arrow moves an enlarged picture', async () => (await scrolled())[0] > left);
  await page.keyboard.press('ArrowDown');
  await until('the down arrow moves it', async () => (await scrolled())[1] > top);
  await page.keyboard.press('0');
  check('0 makes it fit', Math.abs(await size() - before) < 1);
  const isFull = () => page.evaluate(() => document.fullscreenElement?.id === 'stage');
  await page.keyboard.press('f');
  await until('F shows it full screen', isFull);
  await until('it fills the screen', () => page.evaluate(() =>
    document.getElementById('stage').clientHeight === innerHeight && document.getElementById('stage').clientWidth === innerWidth));
  await page.keyboard.press('f');
  await until('F leads back from full screen', async () => !await isFull());
  const shownAge = await page.evaluate(async () => {
    const ages = [];
    for (let i = 0; i < 40; i++) {
      ages.push(parseFloat(document.getElementById('age').textContent));
      await new Promise(done => setTimeout(done, 100));
    }
    return ages.sort((a, b) => a - b)[20];
  });
  console.log(`from published to painted: ${shownAge} ms (median of 40, 640x480)`);
  const download = page.waitForEvent('download');
  await page.keyboard.press('s');
  check('S saves a PNG', (await download).suggestedFilename() === `${name}.png`);

  publishers.get(name).child.kill('SIGKILL');
  await until('a killed publisher is said', async () => (await page.locator('#single-words').innerText()).startsWith('Dead:'));
  const last = await frame();
  publishers.set(name, await publish(name));
  await until('the picture comes back by itself', async () =>
    await page.locator('#single-words').innerText() === 'Live.' && await frame() !== last);
  publishers.get(name).child.kill('SIGSTOP');
  await until('a stopped publisher is said', async () => /^(Frozen|Stalled):/.test(await page.locator('#single-words').innerText()));
  publishers.get(name).child.kill('SIGCONT');
  await until('it is live again', async () => await page.locator('#single-words').innerText() === 'Live.');

  await page.keyboard.press('Escape');
  await until('Escape leads back', async () =>
    await page.locator('#grid-view').isVisible() && !await page.locator('#single-view').isVisible());
  check('focus is on the channel again', (await focused()).includes(name));

  const gone = `${prefix}2`;
  publishers.get(gone).child.kill('SIGTERM');
  await until('a channel that ended is old or gone', async () => {
    const texts = await mine.allInnerTexts();
    return !texts.some(text => text.includes(gone) && text.includes('Live.'));
  });

  // The page may ask for a picture of the channel that has just ended, before the list says so.
  const others = errors.filter(error => !(error.includes('404') && error.includes(`/${gone}.jpg`)));
  check('no error in the console', others.length === 0, others.join('; '));
  check('nothing comes from elsewhere', requests.size === 1 && requests.has(new URL(viewer.line).origin), [...requests].join(' '));

  viewer.child.kill('SIGTERM');
  await once(viewer.child, 'exit');
  await until('the end of the viewer is said', async () => (await page.locator('#notice').innerText()).includes('has ended'));
}

try {
  await run();
} catch (error) {
  check('the whole run', false, error.stack);
} finally {
  for (const child of children) await child.kill('SIGKILL');
}
console.log(`${passed} passed, ${failed} failed, 0 skipped`);
process.exit(failed ? 1 : 0);
