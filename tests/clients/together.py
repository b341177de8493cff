def run(clients, options):
    pass
