#include "door_linux.h"

#include "hold_linux.h"
#include "layout.h"

#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#ifndef F_GET_SEALS
#define F_GET_SEALS 1034
#endif
#ifndef F_SEAL_SHRINK
#define F_SEAL_SHRINK 2
#endif

static int call(int folder, uint32_t epoch)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int connection = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (connection < 0)
        return -1;
    /* By the folder's descriptor, so that it is the folder that was checked. */
    snprintf(address.sun_path, sizeof address.sun_path, "/proc/self/fd/%d/door.%u", folder, (unsigned)epoch);
    if (connect(connection, (struct sockaddr *)&address, sizeof address) == 0)
        return connection;
    close(connection);
    return -1;
}

static bool listener_is(int connection, uid_t owner)
{
    struct ucred peer;
    socklen_t size = sizeof peer;
    return getsockopt(connection, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 && equal_users(peer.uid, owner);
}

static uint32_t field(const uint8_t *message, size_t offset)
{
    uint32_t value;
    memcpy(&value, message + offset, sizeof value);
    return value;
}

/* The descriptor that came along, or -1. */
static int receive(int connection, uint8_t message[DOOR_MESSAGE_SIZE])
{
    union {
        struct cmsghdr header;
        char bytes[CMSG_SPACE(sizeof(int))];
    } control = {0};
    struct iovec bytes = {message, DOOR_MESSAGE_SIZE};
    struct msghdr envelope = {
        .msg_iov = &bytes, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
    int descriptor = -1;
    if (recvmsg(connection, &envelope, MSG_CMSG_CLOEXEC) < (ssize_t)DOOR_MESSAGE_SIZE)
        return -1;
    struct cmsghdr *first = CMSG_FIRSTHDR(&envelope);
    if (first != NULL && first->cmsg_level == SOL_SOCKET && first->cmsg_type == SCM_RIGHTS
        && first->cmsg_len == CMSG_LEN(sizeof(int)))
        memcpy(&descriptor, CMSG_DATA(first), sizeof descriptor);
    return descriptor;
}

static bool grants(const uint8_t *message, uint32_t epoch)
{
    return field(message, AT_MAGIC) == MAGIC && field(message, AT_DOOR_MAGIC) == DOOR_MAGIC
        && field(message, AT_DOOR_VERSION) >> 16 == VERSION_MAJOR && field(message, AT_DOOR_STATUS) == DOOR_GRANTED
        && field(message, AT_DOOR_EPOCH) == epoch;
}

/* Memory that nobody can cut short under us. */
static bool is_a_row(int memory)
{
    struct stat facts;
    int seals = fcntl(memory, F_GET_SEALS);
    return seals >= 0 && (seals & F_SEAL_SHRINK) != 0 && fstat(memory, &facts) == 0 && facts.st_size >= (off_t)ROW_SIZE;
}

bool door_ask(int folder, uint32_t epoch, uid_t owner, door *door)
{
    uint8_t message[DOOR_MESSAGE_SIZE] = {0};
    *door = (struct door){.connection = call(folder, epoch), .memory = -1};
    if (door->connection < 0)
        return false;
    struct pollfd ready = {.fd = door->connection, .events = POLLIN};
    if (listener_is(door->connection, owner) && poll(&ready, 1, DOOR_PATIENCE_MS) == 1)
        door->memory = receive(door->connection, message);
    if (door->memory >= 0 && grants(message, epoch) && is_a_row(door->memory)) {
        door->row = field(message, AT_DOOR_ROW);
        door->epoch = epoch;
        return true;
    }
    if (door->memory >= 0)
        close(door->memory);
    close(door->connection);
    return false;
}
