'use strict';

// The page pulls: it asks for the next picture when it has shown the last, so it never lags behind. Pictures go through fetch and not
// through endless streams, of which a browser opens six to one host.
const $ = id => document.getElementById(id);
const key = channel => `${channel.scope}/${channel.name}`;
const sleep = ms => new Promise(done => setTimeout(done, ms));
const pollMs = 1000;
const thumbMs = 400;
const minute = 60;

const cards = new Map();      // key → { item, button, canvas, text, channel, version }
const rates = new Map();      // key → [{ at, published, rate }], a minute of it
let channels = new Map();     // key → the newest answer
let current = null;           // key of the channel that is shown alone
let paused = false;
let zoom = 0;                 // 0: fit; else screen pixels a picture pixel
let shownTimes = [];
let round = 0;                // grows when another channel is shown, so that the loop of the last ends

function address(channel, ending, query = '') {
  return `/${encodeURIComponent(channel.name)}.${ending}?scope=${channel.scope.toLowerCase()}${query}`;
}

function notice(text) {
  if ($('notice').textContent !== text) $('notice').textContent = text;
}

// ---- what there is

async function poll() {
  for (;;) {
    try {
      const answer = await fetch('/api/channels', { signal: AbortSignal.timeout(10000) });
      if (answer.status === 401) {
        notice('This viewer does not know this page any more. Start the viewer again and open the address that it prints.');
      } else if (answer.ok) {
        update(await answer.json());
        notice('');
      } else {
        notice(`The viewer answers ${answer.status}.`);
      }
    } catch {
      notice('The viewer has ended or does not answer. The pictures are old. Start the viewer again and open the address that it prints.');
      document.body.querySelectorAll('.card, #stage').forEach(element => element.classList.add('old'));
    }
    await sleep(pollMs);
  }
}

function update(answer) {
  channels = new Map(answer.channels.map(channel => [key(channel), channel]));
  for (const [id, channel] of channels) measure(id, channel, answer.nowMs);
  drawGrid();
  drawFigures();
  drawLocks(answer.locks);
}

// ---- locks that a client waits for in vain

function drawLocks(locks) {
  $('locks-view').hidden = locks.length === 0;
  const text = JSON.stringify(locks.map(({ unchangedMs, ...rest }) => rest));
  if ($('locks').dataset.shown === text) return;
  $('locks').dataset.shown = text;
  $('locks').replaceChildren(...locks.map(lock => {
    const item = document.createElement('li');
    const add = (kind, content) => {
      const line = document.createElement(kind);
      line.textContent = content;
      item.append(line);
      return line;
    };
    add('strong', `${lock.scope}\\${lock.name}: ${lock.verdict}`);
    for (const owner of lock.owners) add('p', `Has it: ${owner}`);
    for (const waiter of lock.waiters) add('p', `Waits: ${waiter}`);
    if (!lock.owners.length) for (const line of lock.evidence) add('p', line);
    add('p', 'Run next: ').append(Object.assign(document.createElement('code'), { textContent: lock.command }));
    return item;
  }));
}

function measure(id, channel, now) {
  const past = rates.get(id) ?? [];
  const last = past.at(-1);
  const isSame = last && channel.published >= last.published && now > last.at;
  const since = sample => (channel.published - sample.published) / (now - sample.at) * 1000;
  past.push({ at: now, published: channel.published ?? 0, rate: isSame ? since(last) : null });
  rates.set(id, past.filter(sample => now - sample.at <= minute * 1000));
  const old = rates.get(id).findLast(sample => now - sample.at >= 2500) ?? rates.get(id)[0];
  channel.rate = old && now > old.at && channel.published >= old.published ? since(old) : null;
}

const spellRate = rate => rate == null ? '–' : `${rate.toFixed(1)} fps`;
const spellMs = ms => ms == null ? '–' : ms < 1000 ? `${ms.toFixed(0)} ms` : `${(ms / 1000).toFixed(1)} s`;
const isOld = channel => !channel || channel.health !== 'Live';
const words = channel => channel ? channel.words : 'Gone: the channel does not exist any more. The picture comes back when it does.';

// ---- all channels

function drawGrid() {
  for (const [id, card] of cards) {
    if (!channels.has(id)) {
      card.item.remove();
      cards.delete(id);
    }
  }
  for (const [id, channel] of channels) {
    const card = cards.get(id) ?? makeCard(id, channel);
    card.channel = channel;
    card.button.classList.toggle('old', isOld(channel));
    card.state.textContent = channel.words;
    card.state.className = isOld(channel) ? 'bad' : 'good';
    card.text.textContent = channel.width
      ? `${spellRate(channel.rate)} · ${spellMs(channel.ageMs)} old · ${channel.width}×${channel.height} ${channel.pixelFormat}`
      : channel.scope;
  }
  $('empty').hidden = channels.size > 0;
}

function makeCard(id, channel) {
  const item = document.createElement('li');
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'card';
  const canvas = document.createElement('canvas');
  canvas.setAttribute('aria-hidden', 'true');
  const name = document.createElement('strong');
  name.textContent = channel.scope === 'Global' ? `${channel.name} (Global)` : channel.name;
  const state = document.createElement('span');
  const text = document.createElement('span');
  button.append(canvas, name, state, text);
  button.addEventListener('click', () => openChannel(id));
  item.append(button);
  const after = [...cards.keys()].filter(other => other > id).sort()[0];
  $('grid').insertBefore(item, after ? cards.get(after).item : null);
  const card = { item, button, canvas, state, text, channel, version: 0 };
  cards.set(id, card);
  return card;
}

async function drawThumbs() {
  for (;;) {
    if (current === null && !document.hidden) {
      const wanted = [...cards.values()].filter(card => card.channel.width && isOnScreen(card.button));
      for (let i = 0; i < wanted.length; i += 3)
        await Promise.all(wanted.slice(i, i + 3).map(card => drawThumb(card)));
    }
    await sleep(thumbMs);
  }
}

function isOnScreen(element) {
  const place = element.getBoundingClientRect();
  return place.bottom > 0 && place.top < innerHeight;
}

async function drawThumb(card) {
  if (isOld(card.channel) && card.version) return;
  const picture = await load(card.channel, '&width=320');
  if (!picture) return;
  card.version = picture.version;
  paint(card.canvas, picture.bitmap);
}

async function load(channel, query) {
  try {
    const answer = await fetch(address(channel, 'jpg', query), { signal: AbortSignal.timeout(15000) });
    if (answer.status !== 200) return null;
    const version = Number(answer.headers.get('X-Frame-Version'));
    const number = Number(answer.headers.get('X-Frame-Number'));
    const age = Number(answer.headers.get('X-Frame-Age-Ms'));
    const arrived = performance.now();
    const bitmap = await createImageBitmap(await answer.blob());
    return { version, number, age: age + performance.now() - arrived, bitmap };
  } catch {
    return null;
  }
}

function paint(canvas, bitmap) {
  if (canvas.width !== bitmap.width || canvas.height !== bitmap.height) {
    canvas.width = bitmap.width;
    canvas.height = bitmap.height;
  }
  canvas.getContext('2d').drawImage(bitmap, 0, 0);
  bitmap.close();
}

// ---- one channel

function openChannel(id) {
  current = id;
  const { name, scope } = channels.get(id);
  round++;
  shownTimes = [];
  setPaused(false);
  zoom = 0;
  $('grid-view').hidden = true;
  $('single-view').hidden = false;
  $('single-title').textContent = name;
  $('picture').width = $('picture').height = 1;
  $('save').href = address({ name, scope }, 'png');
  $('save').download = `${name}.png`;
  document.title = `${name} – WinMmf viewer`;
  drawFigures();
  $('stage').focus();
  show(round, { name, scope });
}

function closeChannel() {
  const card = cards.get(current);
  current = null;
  round++;
  $('grid-view').hidden = false;
  $('single-view').hidden = true;
  document.title = 'WinMmf viewer';
  (card?.button ?? document.querySelector('.card') ?? document.body).focus();
}

async function show(mine, channel) {
  let version = 0;
  while (mine === round) {
    if (paused || document.hidden) {
      await sleep(100);
      continue;
    }
    const picture = await load(channel, version ? `&after=${version}` : '');
    if (mine !== round) return;
    if (!picture) {
      await sleep(300);
      continue;
    }
    version = picture.version;
    if (paused) continue;
    paint($('picture'), picture.bitmap);
    layOut();
    const now = performance.now();
    shownTimes = [...shownTimes.filter(time => now - time < 2000), now];
    $('number').textContent = picture.number;
    $('age').textContent = spellMs(picture.age);
    $('picture').setAttribute('aria-label', `Picture of ${channel.name}, frame ${picture.number}`);
    $('picture').dataset.frame = picture.number;
  }
}

function drawFigures() {
  if (current === null) return;
  const channel = channels.get(current);
  const old = isOld(channel);
  $('stage').classList.toggle('old', old);
  $('veil').hidden = !old && !paused;
  $('veil').textContent = old ? words(channel) : 'Paused';
  if ($('single-words').textContent !== words(channel)) $('single-words').textContent = words(channel);
  $('single-words').className = old ? 'bad' : 'good';
  $('rate').textContent = spellRate(channel?.rate);
  const shown = shownTimes.length > 1 && !old ? (shownTimes.length - 1) / (shownTimes.at(-1) - shownTimes[0]) * 1000 : null;
  $('shown').textContent = spellRate(shown);
  $('latency').textContent = spellMs(channel?.latencyMs);
  $('dropped').textContent = channel?.dropped ?? '–';
  $('format').textContent = channel?.width ? `${channel.width}×${channel.height} ${channel.pixelFormat}` : '–';
  $('source').textContent = channel?.source || '–';
  drawSpark(rates.get(current) ?? []);
}

function drawSpark(samples) {
  const canvas = $('spark');
  const pen = canvas.getContext('2d');
  pen.clearRect(0, 0, canvas.width, canvas.height);
  const known = samples.filter(sample => sample.rate !== null);
  if (known.length < 2) return;
  const most = Math.max(...known.map(sample => sample.rate));
  const top = Math.max(1, most) * 1.1;
  const end = known.at(-1).at;
  pen.strokeStyle = getComputedStyle(document.body).color;
  pen.lineWidth = 2;
  pen.beginPath();
  for (const sample of known)
    pen.lineTo(canvas.width * (1 - (end - sample.at) / (minute * 1000)), canvas.height * (1 - sample.rate / top));
  pen.stroke();
  canvas.setAttribute('aria-label', `Rate of the last minute: now ${spellRate(known.at(-1).rate)}, at most ${spellRate(most)}`);
}

function fitScale() {
  const picture = $('picture');
  const stage = $('stage');
  return Math.min(stage.clientWidth / picture.width, stage.clientHeight / picture.height);
}

function layOut() {
  const picture = $('picture');
  const scale = zoom || fitScale();
  picture.style.width = `${picture.width * scale}px`;
  picture.style.height = `${picture.height * scale}px`;
  $('stage').classList.toggle('pixels', scale >= 2);
}

function setZoom(factor) {
  const fit = fitScale();
  zoom = factor === 0 ? 0 : Math.min(32, Math.max(fit / 2, (zoom || fit) * factor));
  layOut();
}

function setPaused(value) {
  paused = value;
  $('pause').setAttribute('aria-pressed', String(value));
  drawFigures();
}

function toggleFull() {
  if (document.fullscreenElement) document.exitFullscreen();
  else $('stage').requestFullscreen?.().catch(() => notice('This browser does not allow full screen here.'));
}

// ---- keyboard

document.addEventListener('keydown', event => {
  if (current === null || event.ctrlKey || event.altKey || event.metaKey) return;
  const onButton = event.target.closest?.('button, a');
  const action = {
    Escape: closeChannel, p: () => setPaused(!paused), f: toggleFull, s: () => $('save').click(),
    '+': () => setZoom(2), '=': () => setZoom(2), '-': () => setZoom(0.5), 0: () => setZoom(0),
  }[event.key.length === 1 ? event.key.toLowerCase() : event.key] ?? (event.key === ' ' && !onButton ? () => setPaused(!paused) : null);
  if (!action) return;
  event.preventDefault();
  action();
});
$('back').addEventListener('click', closeChannel);
$('pause').addEventListener('click', () => setPaused(!paused));
$('zoom-in').addEventListener('click', () => setZoom(2));
$('zoom-out').addEventListener('click', () => setZoom(0.5));
$('zoom-fit').addEventListener('click', () => setZoom(0));
$('full').addEventListener('click', toggleFull);
addEventListener('resize', () => current !== null && layOut());

async function begin() {
  const query = new URLSearchParams(location.search);
  const [wanted, scope] = [query.get('channel'), query.get('scope')];
  poll();
  drawThumbs();
  for (let i = 0; wanted && current === null && i < 50; i++) {
    const found = [...channels].find(([, channel]) => channel.name === wanted && (!scope || channel.scope.toLowerCase() === scope));
    if (found) openChannel(found[0]);
    else await sleep(100);
  }
}
begin();
